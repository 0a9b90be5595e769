import { Group, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Measures, Share, Target } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { LinesLink, useMayReadLines } from './lines-link.tsx';

interface ShareFigureProps {
  title: string;
  what: string;
  measures: Measures;
  /** The tiers that the figure counts. */
  tiers: string;
  /** The goal for the whole country; nothing where one agency is shown. */
  target: Target | undefined;
}

/** One headline: the share with what it is a share of, how far it could be off, and the goal. */
export function ShareFigure({ title, what, measures, tiers, target }: ShareFigureProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { M1, bounds } = measures;
  return (
    <Paper component="section" p={{ base: 'lg', sm: 'xl' }} aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {what}
      </Text>
      <p className="xanh-share">{M1.value === null ? t('share.noData') : format.share(M1.value)}</p>
      <Text className="xanh-figure">
        {t('share.outOf', { numerator: format.money(M1.numerator), denominator: format.money(M1.denominator) })}
      </Text>
      <Text size="sm" c="dimmed" className="xanh-figure">
        {t('share.outOfShort', {
          numerator: format.shortMoney(M1.numerator),
          denominator: format.shortMoney(M1.denominator),
        })}
      </Text>
      <ShareBar low={bounds.M1.low} high={bounds.M1.high} target={target} />
      {M1.value !== null && (
        <Text size="sm" c="dimmed">
          {t('share.bounds', {
            low: format.share(bounds.M1.low.value ?? 0),
            lowAmount: format.shortMoney(bounds.M1.low.numerator),
            high: format.share(bounds.M1.high.value ?? 0),
            highAmount: format.shortMoney(bounds.M1.high.numerator),
            denominator: format.shortMoney(M1.denominator),
          })}
        </Text>
      )}
      <Into title={title} tiers={tiers} />
    </Paper>
  );
}

/** Ways from the headline to its lines: what is green, all of it, and what nobody knows. */
function Into({ title, tiers }: { title: string; tiers: string }) {
  const { t } = useTranslation();
  const mayRead = useMayReadLines();
  if (!mayRead) return null;
  return (
    <Group gap="md" mt="md" className="xanh-no-print">
      {(['green', 'all', 'unknown'] as const).map((part) => (
        <Text key={part} size="sm">
          <LinesLink part={part} tiers={tiers} label={`${title}: ${t(`lines.titleOf.${part}`)}`}>
            {t(`lines.titleOf.${part}`)}
          </LinesLink>
        </Text>
      ))}
    </Group>
  );
}

function ShareBar({ low, high, target }: { low: Share; high: Share; target: Target | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const from = Number(low.value ?? 0) * 100;
  const through = Number(high.value ?? 0) * 100;
  return (
    <div className="xanh-sharebar" aria-hidden>
      <span className="xanh-sharebar-low" style={{ width: `${from}%` }} />
      <span className="xanh-sharebar-high" style={{ left: `${from}%`, width: `${through - from}%` }} />
      {target !== undefined && (
        <span className="xanh-sharebar-target" style={{ left: `${Number(target.value) * 100}%` }}>
          <small>{t('share.targetShort', { value: format.percent(target.value), year: target.by.slice(0, 4) })}</small>
        </span>
      )}
    </div>
  );
}
