import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import IconX from '@tabler/icons-react/icons/IconX';
import { useTranslation } from 'react-i18next';
import type { SearchResult } from '../../../../schemas/types.d.ts';
import { withValue } from './search-state.ts';

interface UnderstoodProps {
  understood: SearchResult['query']['understood'];
  params: URLSearchParams;
  onChange: (params: URLSearchParams) => void;
}

/** How the words were understood; each part can be read as plain words again, and all of them be understood anew. */
export function Understood({ understood, params, onChange }: UnderstoodProps) {
  const { t } = useTranslation();
  const off = params.get('asTyped')?.split(',') ?? [];
  if (understood.length === 0 && off.length === 0) return null;
  return (
    <Group component="section" gap="xs" aria-label={t('understood.title')}>
      {understood.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('understood.title')}
        </Text>
      )}
      {understood.map(({ key, kind, typed, meaning }) =>
        kind === 'marks' ? (
          <Text key={key} size="sm">
            {t('understood.marks', { typed, meaning })}
          </Text>
        ) : (
          <Button
            key={key}
            size="compact-sm"
            variant="light"
            className="xanh-chip"
            rightSection={<IconX size={14} aria-hidden />}
            onClick={() => onChange(withValue(params, 'asTyped', [...off, key].join(',')))}
          >
            {`“${typed}” = ${meaning}`}
            <VisuallyHidden component="span">{t('understood.off')}</VisuallyHidden>
          </Button>
        ),
      )}
      {off.length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(withValue(params, 'asTyped', ''))}>
          {t('understood.again')}
        </Button>
      )}
    </Group>
  );
}
