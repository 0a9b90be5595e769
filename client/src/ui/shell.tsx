import { Anchor, Button, Container, Group, Indicator, Text } from '@mantine/core';
import IconBasket from '@tabler/icons-react/icons/IconBasket';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useBasket } from './basket.ts';
import { CompareLink } from './compare-link.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';
import { PageLinks, PageMenu } from './navigation.tsx';
import { PrintNote } from './print-note.tsx';
import { usePlaceOnPage } from './use-place-on-page.ts';

interface ShellProps {
  account: ReactNode;
  children: ReactNode;
}

/** What stands around every page. */
export function Shell({ account, children }: ShellProps) {
  const { t } = useTranslation();
  const main = usePlaceOnPage();
  return (
    <div className="xanh-shell">
      <a href="#main" className="xanh-skip">
        {t('shell.skip')}
      </a>
      <DemoBanner />
      <Header account={account} />
      <main id="main" ref={main} tabIndex={-1}>
        <Container size={1200}>
          {children}
          <PrintNote />
        </Container>
      </main>
      <Footer />
    </div>
  );
}

function Header({ account }: { account: ReactNode }) {
  const { t } = useTranslation();
  return (
    <header className="xanh-header">
      <Container size={1200} className="xanh-header-row">
        <Link to="/" className="xanh-brand">
          <Logo />
          <span>
            <b>Xanh</b>
            <small>{t('shell.tagline')}</small>
          </span>
        </Link>
        <PageLinks />
        <Group gap={6} wrap="nowrap" className="xanh-tools">
          <LanguageSwitch />
          <CompareLink />
          <BasketLink />
          {account}
          <PageMenu />
        </Group>
      </Container>
    </header>
  );
}

function BasketLink() {
  const { t } = useTranslation();
  const count = useBasket().length;
  return (
    <Indicator label={count} size={18} offset={8} disabled={count === 0} color="leaf.8" zIndex={1}>
      <Button
        component={Link}
        to="/purchases/new"
        variant="subtle"
        color="gray.8"
        px="xs"
        aria-label={t('basket.link', { count })}
      >
        <IconBasket size={22} aria-hidden />
      </Button>
    </Indicator>
  );
}

function Footer() {
  const { t } = useTranslation();
  return (
    <footer className="xanh-footer">
      <Container size={1200}>
        <Group justify="space-between" align="flex-start" gap="lg">
          <Text size="sm" c="dimmed" maw={640}>
            {t('shell.about')}
          </Text>
          <Group gap="lg">
            <Anchor component={Link} to="/report" size="sm">
              {t('complaint.reportTitle')}
            </Anchor>
            <Anchor href="/api/docs" size="sm">
              {t('shell.api')}
            </Anchor>
          </Group>
        </Group>
      </Container>
    </footer>
  );
}
