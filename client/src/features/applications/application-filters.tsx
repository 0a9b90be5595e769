import { Checkbox, Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApplicationStatus } from '../../../../schemas/types.d.ts';

const statuses: readonly ApplicationStatus[] = [
  'draft',
  'submitted',
  'incomplete',
  'underEvaluation',
  'clarification',
  'approved',
  'refused',
  'appealed',
  'appealRejected',
  'refusalFinal',
  'withdrawn',
  'lapsed',
];

interface ApplicationFiltersProps {
  params: URLSearchParams;
  /** A supplier's are all its own. */
  isReviewer: boolean;
  onChange: (name: 'status' | 'mine' | 'late', value: string) => void;
}

/** Which applications: by how they stand, one's own, those that are late. */
export function ApplicationFilters({ params, isReviewer, onChange }: ApplicationFiltersProps) {
  const { t } = useTranslation();
  const box = (name: 'mine' | 'late') => ({
    label: t(`application.filter.${name}`),
    checked: params.get(name) === 'true',
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      onChange(name, currentTarget.checked ? 'true' : ''),
  });
  return (
    <Group gap="lg" align="flex-end">
      <NativeSelect
        label={t('application.filter.status')}
        value={params.get('status') ?? ''}
        onChange={({ currentTarget }) => onChange('status', currentTarget.value)}
        data={[
          { value: '', label: t('application.filter.any') },
          ...statuses.map((status) => ({ value: status, label: t(`application.status.${status}`) })),
        ]}
      />
      <Group gap="lg" mb={8}>
        {isReviewer && <Checkbox {...box('mine')} />}
        <Checkbox {...box('late')} />
      </Group>
    </Group>
  );
}
