import { Group, List, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LineDecision, PurchaseLine } from '../../../../schemas/types.d.ts';
import { schemesQuery } from '../../api/reference.ts';
import { certificateQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Money } from '../../ui/money.tsx';
import { RecordLink } from '../../ui/record-link.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { LineFacts } from './line-facts.tsx';

interface DecisionCardProps {
  line: PurchaseLine;
  /** The currency of the purchase. */
  currency: string;
  /** Taken back or itself a reversal: shown, and no longer counted. */
  isGone?: boolean;
  children?: ReactNode;
}

/** One line with its decision and every reason in words. */
export function DecisionCard({ line, currency, isGone = false, children }: DecisionCardProps) {
  const { t } = useTranslation();
  return (
    <Paper
      component="li"
      p={{ base: 'md', sm: 'lg' }}
      className="xanh-line"
      data-status={line.green.status}
      data-gone={isGone}
      data-reversal={line.reverses !== undefined}
    >
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className="xanh-line-what">
          <Text size="sm" c="dimmed">
            {t('line.number', { lineNo: line.lineNo })}
          </Text>
          <Text fw={600}>
            {line.product === undefined ? (
              line.description
            ) : (
              <RecordLink to={`/products/${line.product}?on=${line.green.basisDate}`}>{line.description}</RecordLink>
            )}
          </Text>
          <LineFacts line={line} currency={currency} />
        </div>
        <Stack gap={6} align="flex-end" className="xanh-line-amount">
          <Money amount={line.amountNet} currency={currency} fw={600} size="lg" />
          <StatusBadge decision={line.green} />
        </Stack>
      </Group>
      <DecisionWords decision={line.green} />
      {children}
    </Paper>
  );
}

/** The decision in sentences: what proves it, why it is not green, and whether the group is on the list. */
export function DecisionWords({ decision }: { decision: LineDecision }) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = format.day(decision.basisDate);
  return (
    <List size="sm" mt="sm" spacing={4} className="xanh-reasons">
      {decision.status === 'green' && decision.tier !== null && (
        <List.Item>{t(`decision.because.${decision.tier}`, { day })}</List.Item>
      )}
      {decision.certificate !== undefined && (
        <List.Item>
          <Proof certificate={decision.certificate} />
        </List.Item>
      )}
      {decision.reasons.map((reason) => (
        <List.Item key={reason}>{t(`reason.${reason}`, { day })}</List.Item>
      ))}
      <List.Item>
        {decision.inScope
          ? t('decision.inScope', { edition: decision.edition ?? '' })
          : t('decision.outOfScope', { day })}
      </List.Item>
    </List>
  );
}

function Proof({ certificate: id }: { certificate: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: certificate } = useQuery(certificateQuery(id));
  const { data: schemes } = useQuery(schemesQuery);
  if (certificate === undefined) return t('decision.certificate');
  const scheme = schemes?.find(({ code }) => code === certificate.scheme);
  const label = scheme === undefined ? certificate.scheme : format.text(scheme.name);
  return (
    <RecordLink to={`/certificates/${id}`}>
      {certificate.validThrough === null
        ? t('decision.proofOpen', { label, number: certificate.number })
        : t('decision.proof', { label, number: certificate.number, until: format.day(certificate.validThrough) })}
    </RecordLink>
  );
}
