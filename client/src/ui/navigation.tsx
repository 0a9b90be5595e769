import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconMenu2 from '@tabler/icons-react/icons/IconMenu2';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { meQuery } from '../api/me.ts';
import { pagesOf } from './role-pages.ts';

/** The pages of the header, grouped by what the reader wants to know. */
const groups = [
  {
    name: 'nav.catalogue',
    pages: [
      { to: '/', name: 'nav.search' },
      { to: '/find', name: 'nav.find' },
    ],
  },
  {
    name: 'nav.registers',
    pages: [
      { to: '/certificates', name: 'nav.certificates' },
      { to: '/priority-lists', name: 'nav.editions' },
      { to: '/reference', name: 'nav.reference' },
      { to: '/organisations', name: 'nav.organisations' },
    ],
  },
  {
    name: 'nav.buying',
    pages: [
      { to: '/purchases', name: 'nav.purchases' },
      { to: '/share', name: 'nav.share' },
      { to: '/needs', name: 'nav.needs' },
    ],
  },
] as const;

/** Pages that are looked up now and then: behind one word in the header, so that the others have the room. */
const rare = new Set<string>(['/find', '/reference', '/organisations', '/needs']);
const pages = groups.flatMap((group) => [...group.pages]);

/** The pages side by side, where the header has the room. */
export function PageLinks() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('nav.label')} className="xanh-nav">
      {pages
        .filter(({ to }) => !rare.has(to))
        .map(({ to, name }) => (
          <NavLink key={to} to={to} end={to === '/'}>
            {t(name)}
          </NavLink>
        ))}
      <MorePages />
    </nav>
  );
}

function MorePages() {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={220} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="xanh-nav-more">
          {t('nav.more')}
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {pages
          .filter(({ to }) => rare.has(to))
          .map(({ to, name }) => (
            <Menu.Item key={to} component={Link} to={to}>
              {t(name)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The same pages in a menu, on a narrow screen. */
export function PageMenu() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data: me } = useQuery(meQuery);
  const own = pagesOf(me?.actor);
  const shown = own.length === 0 ? groups : [...groups, { name: 'nav.role' as const, pages: own }];
  const isHere = (to: string) => (to === '/' ? pathname === '/' : pathname.startsWith(to));
  return (
    <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" px="sm" className="xanh-page-menu" aria-label={t('nav.label')}>
          <IconMenu2 size={20} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map(({ name, pages: members }) => (
          <div key={name}>
            <Menu.Label>{t(name)}</Menu.Label>
            {members.map((page) => (
              <Menu.Item
                key={page.to}
                component={Link}
                to={page.to}
                fw={isHere(page.to) ? 600 : undefined}
                aria-current={isHere(page.to) ? 'page' : undefined}
              >
                {t(page.name)}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
