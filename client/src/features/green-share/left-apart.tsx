import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShareReport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { LinesLink } from './lines-link.tsx';

/** What the shares are not: lines with an exemption, which stay in every total, and other currencies, which are in none. */
export function LeftApart({ report: { exempt, foreign } }: { report: ShareReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = t('share.exemptSum', { amount: format.money(exempt.amount), count: exempt.lines });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      <Paper component="section" p={{ base: 'md', sm: 'lg' }} aria-label={t('share.exempt')}>
        <Title order={2} size="h3" mb="xs">
          {t('share.exempt')}
        </Title>
        <Text className="xanh-figure">
          <LinesLink part="exempt" label={`${t('share.exempt')}: ${sum}`}>
            {sum}
          </LinesLink>
        </Text>
        <Text size="sm" c="dimmed">
          {t('share.exemptWhat')}
        </Text>
      </Paper>
      <Paper component="section" p={{ base: 'md', sm: 'lg' }} aria-label={t('share.foreign')}>
        <Title order={2} size="h3" mb="xs">
          {t('share.foreign')}
        </Title>
        {foreign.length === 0 && <Text>{t('share.foreignNone')}</Text>}
        {foreign.map(({ currency, amount, lines }) => (
          <Text key={currency} className="xanh-figure">
            {t('share.foreignSum', { amount: format.money(amount, currency), count: lines })}
          </Text>
        ))}
        <Text size="sm" c="dimmed">
          {t('share.foreignWhat')}
        </Text>
      </Paper>
    </SimpleGrid>
  );
}
