import { ActionIcon, Box, Group, NativeSelect, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import IconX from '@tabler/icons-react/icons/IconX';
import { useTranslation } from 'react-i18next';
import { groupsQuery, schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { EntriesForm } from './use-draft-form.ts';

interface EntryEditorProps {
  form: EntriesForm;
  at: number;
  onRemove: (name: string) => void;
}

/** One group of a draft: its obligation, its own legal basis, and the labels that count. */
export function EntryEditor({ form, at, onRemove }: EntryEditorProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups } = useQuery(groupsQuery);
  const code = form.values.entries[at]?.group ?? '';
  const group = groups?.find((one) => one.code === code);
  const name = group === undefined ? code : format.text(group.name);
  return (
    <Paper component="fieldset" p={{ base: 'md', sm: 'lg' }} className="xanh-entry">
      <Group component="legend" justify="space-between" wrap="nowrap" className="xanh-entry-head">
        <Text span fw={600}>
          {name}
        </Text>
      </Group>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            label={t('edition.obligation')}
            data={[
              { value: 'mandatory', label: t('edition.obligationOf.mandatory') },
              { value: 'preferred', label: t('edition.obligationOf.preferred') },
            ]}
            {...form.getInputProps(`entries.${at}.obligation`)}
          />
          <TextInput
            label={t('edition.entryBasis')}
            placeholder={t('edition.asWhole')}
            maxLength={500}
            {...form.getInputProps(`entries.${at}.legalBasis`)}
            value={form.values.entries[at]?.legalBasis ?? ''}
          />
        </SimpleGrid>
        <Group justify="space-between" align="flex-end" wrap="nowrap">
          <AcceptsEditor form={form} at={at} name={name} />
          <ActionIcon
            variant="subtle"
            color="clay"
            size={36}
            aria-label={t('edition.remove', { name })}
            title={t('edition.remove', { name })}
            onClick={() => onRemove(name)}
          >
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </Group>
      </Stack>
    </Paper>
  );
}

function AcceptsEditor({ form, at, name }: { form: EntriesForm; at: number; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes = [] } = useQuery(schemesQuery);
  const accepts = form.values.entries[at]?.accepts ?? [];
  const path = `entries.${at}.accepts`;
  const others = schemes.filter(({ code }) => accepts.every(({ scheme }) => scheme !== code));
  return (
    <Box flex={1} miw={0}>
      <Text size="sm" fw={500} mb={4}>
        {t('edition.accepts')}
      </Text>
      <ul className="xanh-list xanh-accepts">
        {accepts.map(({ scheme, minLevel }, index) => {
          const known = schemes.find(({ code }) => code === scheme);
          const label = known === undefined ? scheme : format.text(known.name);
          return (
            <li key={scheme}>
              <Text span size="sm">
                {label}
              </Text>
              {known !== undefined && known.levels.length > 0 && (
                <NativeSelect
                  size="xs"
                  aria-label={t('edition.minLevelOf', { label })}
                  value={minLevel ?? ''}
                  onChange={({ currentTarget }) => form.setFieldValue(`${path}.${index}.minLevel`, currentTarget.value)}
                  data={[
                    { value: '', label: t('edition.anyLevel') },
                    ...known.levels.map((level) => ({ value: level, label: t('edition.minLevel', { level }) })),
                  ]}
                />
              )}
              <ActionIcon
                variant="subtle"
                color="gray.8"
                aria-label={t('edition.dropLabel', { label, name })}
                onClick={() => form.removeListItem(path, index)}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <NativeSelect
        size="sm"
        maw={380}
        aria-label={t('edition.addLabel', { name })}
        value=""
        onChange={({ currentTarget }) => form.insertListItem(path, { scheme: currentTarget.value })}
        data={[
          { value: '', label: t('edition.addLabelShort') },
          ...others.map(({ code, name: scheme }) => ({ value: code, label: format.text(scheme) })),
        ]}
      />
    </Box>
  );
}
