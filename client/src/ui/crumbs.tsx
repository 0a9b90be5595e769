import { Anchor, Breadcrumbs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

/** A place on the way here. */
interface Crumb {
  to: string;
  name: string;
}

const mostCrumbs = 5;

/** The way here: each page that was opened from another one leads back to it, else to the page above. */
export function Crumbs({ above }: { above: Crumb }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const nameOf = useNames();
  const way = wayOf(search).map((to) => ({ to, name: nameOf(to) }));
  return (
    <nav aria-label={t('crumbs.label')} className="xanh-no-print">
      <Breadcrumbs separator="›" className="xanh-crumbs">
        {(way.length === 0 ? [above] : way).map(({ to, name }, at) => (
          <Anchor key={to} component={Link} to={to} size="sm">
            {at === 0 && '← '}
            {name}
          </Anchor>
        ))}
      </Breadcrumbs>
    </nav>
  );
}

/** Adds the page that is shown to a link, so that the next page leads back to it. */
export function useWithBack(): (to: string) => string {
  const { pathname, search } = useLocation();
  return (to) => `${to}${to.includes('?') ? '&' : '?'}back=${encodeURIComponent(pathname + search)}`;
}

/** The addresses on the way, the first one first; only paths of this site. */
function wayOf(search: string): string[] {
  const way: string[] = [];
  let at = backOf(search);
  while (at !== null && way.length < mostCrumbs) {
    way.unshift(at);
    at = backOf(at.slice(at.indexOf('?') === -1 ? at.length : at.indexOf('?')));
  }
  return way;
}

function backOf(search: string): string | null {
  const back = new URLSearchParams(search).get('back');
  return back !== null && /^\/(?![/\\])/.test(back) ? back : null;
}

function useNames(): (to: string) => string {
  const { t } = useTranslation();
  return (to) => {
    const path = to.split('?')[0] ?? '';
    if (path === '/') return t('product.back');
    if (path === '/find') return t('find.title');
    if (path === '/share') return t('share.title');
    if (path === '/share/simulation') return t('simulation.title');
    if (path === '/share/lines') return t('lines.title');
    if (path.startsWith('/complaints')) return t('complaint.title');
    if (path.startsWith('/purchases/')) return t('purchase.title');
    if (path.startsWith('/certificates/')) return t('certificate.title');
    if (path.startsWith('/priority-lists/')) return t('edition.title');
    if (path === '/applications') return t('application.listTitle');
    if (path.startsWith('/applications/')) return t('application.title');
    if (path.startsWith('/products/')) return t('product.title');
    return t('crumbs.back');
  };
}
