import { useTranslation } from 'react-i18next';
import type { RecordedChange } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type vi from '../../i18n/vi.json';

type Words = (typeof vi)['history'];

const actions: Record<keyof Words['action'], true> = {
  entered: true,
  changed: true,
  adopted: true,
  withdrawn: true,
  'holder-authorised': true,
  suspended: true,
  reinstated: true,
  surrendered: true,
  revoked: true,
  revokedAbInitio: true,
  amended: true,
  reissued: true,
  corrected: true,
};
const fields: Record<keyof Words['field'], true> = {
  name: true,
  brand: true,
  model: true,
  aliases: true,
  group: true,
  supplier: true,
  attributes: true,
  price: true,
  places: true,
  listing: true,
  withdrawal: true,
  authorised: true,
  events: true,
  other: true,
};

/** The action by a name that has a word; one without is a change. */
export function actionOf(action: string): keyof Words['action'] {
  return Object.hasOwn(actions, action) ? (action as keyof Words['action']) : 'changed';
}

/** The field that a pointer leads into, by a name that has a word. */
export function fieldOf(path: string): keyof Words['field'] {
  const [, name = ''] = path.split('/');
  return Object.hasOwn(fields, name) ? (name as keyof Words['field']) : 'other';
}

/** A recorded value in one line: texts in the reader's language, of an object what it holds, of an event what happened. */
export function useRecordedText(): (value: RecordedChange['after']) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const text = (value: unknown): string => {
    if (typeof value === 'number') return format.number(value);
    if (typeof value === 'boolean') return value ? t('state.yes') : t('state.no');
    if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.day(value) : value;
    if (Array.isArray(value)) return value.map(text).join(', ');
    if (typeof value !== 'object' || value === null) return '–';
    if ('vi' in value && typeof value.vi === 'string') return format.text(value as { vi: string });
    if ('type' in value && typeof value.type === 'string') return eventText(value as { type: string });
    return Object.entries(value)
      .filter(([name]) => name !== 'recordedAt')
      .map(([, part]) => text(part))
      .join(' · ');
  };
  const eventText = ({ type, ...rest }: { type: string; recordedAt?: string }): string =>
    [t(`history.action.${actionOf(type)}`), text(rest)].join(' · ');
  return text;
}
