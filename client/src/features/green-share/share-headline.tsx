import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShareReport, Target } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ShareFigure } from './share-figure.tsx';

interface ShareHeadlineProps {
  tierA: ShareReport;
  tierAB: ShareReport;
  /** The goal for the whole country; nothing where one agency is shown. */
  target: Target | undefined;
}

/** The share by law and the share with the priority list, side by side and in a sentence. */
export function ShareHeadline({ tierA, tierAB, target }: ShareHeadlineProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <ShareFigure
          title={t('share.tierA')}
          what={t('share.tierAWhat')}
          measures={tierA.measures}
          tiers="A"
          target={target}
        />
        <ShareFigure
          title={t('share.tierAB')}
          what={t('share.tierABWhat')}
          measures={tierAB.measures}
          tiers="A,B"
          target={target}
        />
      </SimpleGrid>
      <Sentence tierA={tierA} tierAB={tierAB} />
      {target !== undefined && <TargetNote target={target} />}
    </Stack>
  );
}

function Sentence({ tierA, tierAB }: { tierA: ShareReport; tierAB: ShareReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { M1 } = tierA.measures;
  const both = tierAB.measures.M1;
  const { reporting, query, lines } = tierA;
  return (
    <Text maw={860} className="xanh-sentence">
      {t('share.sentence', {
        from: format.day(query.from),
        to: format.day(query.to),
        withLines: format.number(reporting.withLines),
        expected: format.number(reporting.expected),
        lines: format.number(lines),
        denominator: format.money(M1.denominator),
        numerator: format.money(M1.numerator),
        share: M1.value === null ? t('share.noData') : format.share(M1.value),
        numeratorAB: format.money(both.numerator),
        shareAB: both.value === null ? t('share.noData') : format.share(both.value),
      })}
    </Text>
  );
}

function TargetNote({ target }: { target: Target }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="sm" c="dimmed" maw={860}>
      <b>{t('share.target')}</b> {format.text(target.name)}.{' '}
      {t('share.targetSource', { document: target.document, source: target.source })}
      {target.note !== undefined && ` ${format.text(target.note)}`}
    </Text>
  );
}
