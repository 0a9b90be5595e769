import { Button, Fieldset, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { provincesQuery } from '../../../api/reference.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { countriesIn } from '../../../ui/countries.ts';
import type { PlaceValues } from './entry-values.ts';

/** The words about each field, by its path in the form. */
type FormErrors = Readonly<Record<string, ReactNode>>;

interface PlacesFieldsProps {
  value: PlaceValues[];
  onChange: (places: PlaceValues[]) => void;
  errors: FormErrors;
  /** Where the places stand in the form. */
  path: string;
}

/** Where the certificate holds: shops, sites, plants, as many as there are. */
export function PlacesFields({ value, onChange, errors, path }: PlacesFieldsProps) {
  const { t } = useTranslation();
  const add = useRef<HTMLButtonElement>(null);
  const change = (at: number, place: PlaceValues) => onChange(value.with(at, place));
  const remove = (at: number) => {
    onChange(value.toSpliced(at, 1));
    // The button that was pressed is gone: the keyboard goes on from here.
    add.current?.focus();
  };
  return (
    <Fieldset variant="unstyled" mx={0} legend={t('certificate.places')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('certificateEntry.placesHint')}
        </Text>
        {value.map((place, at) => (
          // A place has nothing of its own to be known by but where it stands in the list.
          // oxlint-disable-next-line react/no-array-index-key
          <PlaceFields key={at} at={at} place={place} onChange={change} onRemove={remove} {...{ errors, path }} />
        ))}
        {errors[path] !== undefined && (
          <Text size="sm" c="clay.7" role="alert">
            {errors[path]}
          </Text>
        )}
        <Group>
          <Button
            ref={add}
            variant="light"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => onChange([...value, { name: '', province: '', country: '' }])}
          >
            {t('certificateEntry.addPlace')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

interface PlaceFieldsProps {
  at: number;
  place: PlaceValues;
  onChange: (at: number, place: PlaceValues) => void;
  onRemove: (at: number) => void;
  errors: FormErrors;
  path: string;
}

function PlaceFields({ at, place, onChange, onRemove, errors, path }: PlaceFieldsProps) {
  const { t } = useTranslation();
  const { language, text } = useFormat();
  const { data: provinces = [] } = useQuery(provincesQuery(undefined));
  const countries = useMemo(() => countriesIn(language), [language]);
  const choice = (field: 'province' | 'country') => ({
    searchable: true,
    clearable: true,
    limit: 70,
    clearButtonProps: { 'aria-label': t('state.clear') },
    nothingFoundMessage: t('state.nothing'),
    error: errors[`${path}.${at}.${field}`],
    value: place[field] === '' ? null : place[field],
    onChange: (code: string | null) => onChange(at, { ...place, [field]: code ?? '' }),
  });
  return (
    <Fieldset mx={0} legend={t('certificateEntry.placeNumber', { number: at + 1 })}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput
          label={t('certificateEntry.placeName')}
          required
          maxLength={300}
          value={place.name}
          error={errors[`${path}.${at}.name`]}
          onChange={({ currentTarget: { value: name } }) => onChange(at, { ...place, name })}
        />
        <Select
          label={t('organisation.province')}
          {...choice('province')}
          data={provinces.map(({ code, name }) => ({ value: code, label: text(name) }))}
        />
        <Select label={t('certificateEntry.country')} {...choice('country')} data={countries} />
      </SimpleGrid>
      <Button
        variant="subtle"
        color="clay"
        size="compact-sm"
        mt="sm"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => onRemove(at)}
      >
        {t('certificateEntry.removePlace', { number: at + 1 })}
      </Button>
    </Fieldset>
  );
}
