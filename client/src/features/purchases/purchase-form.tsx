import { Button, Fieldset, Group, NativeSelect, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { shownPointers } from '../../ui/field-errors.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { emptyLine, methods } from './form-values.ts';
import type { PurchaseValues } from './form-values.ts';
import { HeadMore } from './head-more.tsx';
import { LineFields } from './line-fields.tsx';
import { SupplierFields } from './supplier-fields.tsx';
import type { PurchaseFormState } from './use-purchase-form.ts';

interface PurchaseFormProps {
  form: PurchaseFormState;
  /** The officer's own agency: it and those below it are offered. */
  root: string | undefined;
  today: string;
  isBusy: boolean;
  error: unknown;
  onPreview: (values: PurchaseValues) => void;
}

/** The contract or order and its lines; the server's words stand at the fields they are about. */
export function PurchaseForm({ form, root, today, isBusy, error, onPreview }: PurchaseFormProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={form.onSubmit(onPreview)}>
      <Stack gap="xl" maw={860}>
        <HeadFields form={form} root={root} today={today} />
        <Lines form={form} />
        {error !== null && <ProblemAlert error={error} shownAtFields={shownPointers(error, form.values)} />}
        <Group>
          <Button type="submit" size="md" loading={isBusy} disabled={form.values.lines.length === 0}>
            {t('purchase.toPreview')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function HeadFields({ form, root, today }: Pick<PurchaseFormProps, 'form' | 'root' | 'today'>) {
  const { t } = useTranslation();
  const { error: agencyError, ...agency } = form.getInputProps('agency');
  return (
    <Paper p={{ base: 'md', sm: 'xl' }}>
      <Fieldset variant="unstyled" legend={t('purchase.head')} className="xanh-fieldset">
        <Stack>
          <AgencySelect label={t('purchase.agency')} required root={root} {...agency} error={agencyError} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t('purchase.reference')} required maxLength={100} {...form.getInputProps('reference')} />
            <TextInput
              label={t('purchase.notice')}
              placeholder="IB2400035288-00"
              maxLength={30}
              {...form.getInputProps('notice')}
            />
            <NativeSelect
              label={t('purchase.method')}
              data={methods.map((method) => ({ value: method, label: t(`method.${method}`) }))}
              {...form.getInputProps('method')}
            />
            <DayInput label={t('purchase.basisDate')} required max={today} {...form.getInputProps('basisDate')} />
          </SimpleGrid>
          <SupplierFields form={form} />
          <HeadMore form={form} today={today} />
        </Stack>
      </Fieldset>
    </Paper>
  );
}

function Lines({ form }: Pick<PurchaseFormProps, 'form'>) {
  const { t } = useTranslation();
  return (
    <Stack>
      {form.values.lines.map((line, at) => (
        <Paper key={line.key} p={{ base: 'md', sm: 'xl' }}>
          <Fieldset variant="unstyled" legend={t('line.number', { lineNo: at + 1 })} className="xanh-fieldset">
            <Stack>
              <LineFields line={line} field={(name) => form.getInputProps(`lines.${at}.${name}`)} />
              <Button
                variant="subtle"
                color="clay"
                w="fit-content"
                size="compact-sm"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => form.removeListItem('lines', at)}
              >
                {t('line.remove', { lineNo: at + 1 })}
              </Button>
            </Stack>
          </Fieldset>
        </Paper>
      ))}
      <Group>
        <Button
          variant="light"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => form.insertListItem('lines', emptyLine())}
        >
          {t('line.addPlain')}
        </Button>
        <Button variant="default" component={Link} to="/">
          {t('line.addFromCatalogue')}
        </Button>
      </Group>
    </Stack>
  );
}
