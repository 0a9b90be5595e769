import { Accordion, Fieldset, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupAttribute, ProductGroup } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AttributeEditor } from './attribute-editor.tsx';
import { attributeValues } from './attribute-values.ts';
import type { GroupFormState } from './use-group-form.ts';

interface AttributesEditorProps {
  form: GroupFormState;
  /** Every group that is there: an attribute means the same in all of them. */
  groups: readonly ProductGroup[];
}

const another = '*';

/** What the products of a group can be compared by: each opened by itself, added anew or as other groups have it. */
export function AttributesEditor({ form, groups }: AttributesEditorProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, setOpened] = useState<string[]>([]);
  const { attributes } = form.values;
  const known = knownBesides(groups, new Set(attributes.map(({ key }) => key)));
  const add = (key: string) => {
    form.insertListItem('attributes', attributeValues(known.get(key)));
    setOpened([...opened, String(attributes.length)]);
  };
  // What the server refuses is not hidden in a closed part.
  const faulty = attributes.flatMap((_, at) =>
    Object.keys(form.errors).some((path) => path.startsWith(`attributes.${at}.`)) ? [String(at)] : [],
  );
  return (
    <Fieldset variant="unstyled" mx={0} legend={t('entry.attributes')} className="xanh-fieldset">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('reference.attributesHint')}
        </Text>
        {attributes.length > 0 && (
          <Accordion
            multiple
            variant="contained"
            keepMounted={false}
            value={[...new Set([...opened, ...faulty])]}
            onChange={setOpened}
          >
            {attributes.map(({ key, name, unit }, at) => (
              // An attribute that is typed has nothing of its own to be known by but where it stands in the list.
              // oxlint-disable-next-line react/no-array-index-key
              <Accordion.Item key={at} value={String(at)}>
                <Accordion.Control>
                  {format.text(name) || key || t('reference.newAttribute')}
                  {unit.symbol !== '' && ` (${unit.symbol})`}
                </Accordion.Control>
                <Accordion.Panel>
                  <AttributeEditor
                    form={form}
                    at={at}
                    onRemove={() => {
                      form.removeListItem('attributes', at);
                      setOpened([]);
                    }}
                  />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )}
        <NativeSelect
          maw={380}
          aria-label={t('reference.addAttribute')}
          value=""
          onChange={({ currentTarget }) => add(currentTarget.value)}
          data={[
            { value: '', label: t('reference.addAttribute') },
            { value: another, label: t('reference.newAttribute') },
            ...[...known].map(([key, attribute]) => ({ value: key, label: format.text(attribute.name) })),
          ]}
        />
      </Stack>
    </Fieldset>
  );
}

/** The attributes of all groups by key, without those that the group has. */
function knownBesides(groups: readonly ProductGroup[], own: ReadonlySet<string>): Map<string, GroupAttribute> {
  const all = groups.flatMap(({ attributes = [] }) => attributes);
  return new Map(all.filter(({ key }) => !own.has(key)).map((attribute) => [attribute.key, attribute]));
}
