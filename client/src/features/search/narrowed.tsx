import { Alert, Anchor, Button, Group } from '@mantine/core';
import IconX from '@tabler/icons-react/icons/IconX';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { useBasket } from '../../ui/basket.ts';
import type { News } from '../../ui/saved/search-news.ts';
import { withValue } from './search-state.ts';

interface NarrowedProps {
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
}

/** What the address narrows the search to beside the filters, each to be taken away: a list of products, and what is new. */
export function Narrowed({ params, onChange }: NarrowedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ids = params.get('ids')?.split(',').length ?? 0;
  const since = params.get('changedSince');
  if (ids === 0 && since === null) return null;
  const drop = (name: 'ids' | 'changedSince', words: string) => (
    <Button
      size="compact-sm"
      variant="light"
      className="xanh-chip"
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={t('search.narrowedOff', { words })}
      onClick={() => onChange(withValue(params, name, ''))}
    >
      {words}
    </Button>
  );
  return (
    <Group gap="xs">
      {ids > 0 && drop('ids', t('search.list', { count: ids }))}
      {since !== null && drop('changedSince', t('search.changedSince', { at: format.moment(since) }))}
    </Group>
  );
}

/** Said once where a kept search is opened: how much is new in it, with the way to it alone. */
export function NewsNote({ params, onLeave }: Pick<NarrowedProps, 'params'> & { onLeave: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const state: { news?: News } | null = useLocation().state;
  const news = state?.news;
  if (news === undefined) return null;
  return (
    <Alert variant="light">
      {t('search.news', { count: news.count, at: format.moment(news.since) })}{' '}
      <Anchor
        component={Link}
        to={`/?${withValue(params, 'changedSince', news.since).toString()}`}
        onClick={onLeave}
        fw={600}
        inherit
      >
        {t('search.newsOnly')}
      </Anchor>
    </Alert>
  );
}

/** What was put aside for a purchase as a list: it can be kept under a name, shared by its address, and downloaded. */
export function BasketList() {
  const { t } = useTranslation();
  const basket = useBasket();
  if (basket.length === 0) return null;
  const ids = basket.map(({ product }) => product).join(',');
  return (
    <Button component={Link} to={`/?ids=${ids}`} variant="default">
      {t('search.basketList', { count: basket.length })}
    </Button>
  );
}
