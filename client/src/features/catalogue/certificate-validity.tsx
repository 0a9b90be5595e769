import { Box, Button, Group, NativeSelect, Paper, Text, Title } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Certificate, Validity } from '../../../../schemas/types.d.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { KnownAt } from '../../ui/known-at.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { validityQuery } from './api.ts';
import type { Moment } from './api.ts';
import { LabelHistory, useLabelRuns } from './label-history.tsx';

interface CertificateValidityProps {
  certificate: Certificate;
  moment: Moment;
  today: string;
  /** The covered product that is asked about; none for a certificate of an organisation. */
  product: string | undefined;
  onChange: (name: keyof Moment | 'product', value: string | undefined) => void;
}

/** Asks the certificate about any day, for one of its products, as known at any moment. */
export function CertificateValidity({ certificate, moment, today, product, onChange }: CertificateValidityProps) {
  const { t } = useTranslation();
  const on = moment.on ?? today;
  const validity = useQuery(validityQuery(certificate.id, product, { on, knownAt: moment.knownAt }));
  const dated = { certificate: certificate.id, validFrom: certificate.validFrom, events: certificate.events };
  const runs = useLabelRuns(dated, product, moment);
  return (
    <Paper component="section" p={{ base: 'md', sm: 'xl' }} aria-label={t('certificate.onAnyDay')}>
      <Title order={2} size="h3" mb="md">
        {t('certificate.onAnyDay')}
      </Title>
      <Group align="flex-end" gap="md" className="xanh-no-print">
        <DayInput
          label={t('product.checkDay')}
          value={on}
          onChange={(day) => onChange('on', day === today ? undefined : day)}
        />
        {on !== today && (
          <Button variant="subtle" onClick={() => onChange('on', undefined)}>
            {t('product.toToday')}
          </Button>
        )}
        {certificate.products.length > 1 && (
          <ProductSelect ids={certificate.products} value={product} onChange={(id) => onChange('product', id)} />
        )}
        <KnownAt value={moment.knownAt} onChange={(instant) => onChange('knownAt', instant)} />
      </Group>
      <QueryState query={validity} blocks={1}>
        {(answer) => <ValidityWords validity={answer} />}
      </QueryState>
      <LabelHistory label={dated} runs={runs} moment={moment} today={today} />
    </Paper>
  );
}

/** The answer of the day in a sentence, with the run of days that it holds for. */
export function ValidityWords({ validity }: { validity: Validity }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { interval, reason, valid, on } = validity;
  return (
    <Box component="output" mt="md" mb="xs" display="block" className="xanh-answer" data-green={valid}>
      <Text fw={600}>
        {t('label.onDay', { day: format.day(on) })} {t(`label.why.${reason}`)}.
      </Text>
      {interval !== null && (
        <Text size="sm" c="dimmed">
          <RunWords run={interval} />
        </Text>
      )}
    </Box>
  );
}

/** The first day that the calendar has: a run that begins there has no beginning to tell. */
const firstDay = '0001-01-01';

function RunWords({ run: { from, through } }: { run: NonNullable<Validity['interval']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (through === null) return t('certificate.sameSince', { from: format.day(from) });
  if (from === firstDay) return t('certificate.sameUntil', { through: format.day(through) });
  return t('certificate.sameFor', { from: format.day(from), through: format.day(through) });
}

interface ProductSelectProps {
  ids: string[];
  value: string | undefined;
  onChange: (id: string) => void;
}

function ProductSelect({ ids, value, onChange }: ProductSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const products = useQueries({ queries: ids.map((id) => productQuery(id)) });
  return (
    <NativeSelect
      label={t('certificate.forProduct')}
      maw={320}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={ids.map((id, at) => {
        const product = products[at]?.data;
        return { value: id, label: product === undefined ? id : format.text(product.name) };
      })}
    />
  );
}
