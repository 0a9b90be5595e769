import { Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconCircleCheckFilled from '@tabler/icons-react/icons/IconCircleCheckFilled';
import { useTranslation } from 'react-i18next';
import type { ChecklistItem } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** An item of the checklist by its name, whether it is there, and else what is wrong. */
export function ItemMark({ item: { name, present, fault } }: { item: ChecklistItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="xanh-item" data-present={present}>
      {present ? <IconCircleCheckFilled size={20} aria-hidden /> : <IconAlertTriangle size={20} aria-hidden />}
      <div>
        <Text fw={600}>
          {format.text(name)}
          {present && <span className="xanh-for-reader"> ({t('application.present')})</span>}
        </Text>
        {fault !== undefined && (
          <Text size="sm" c="amber.8" fw={500}>
            {t(`application.fault.${fault}`)}
          </Text>
        )}
      </div>
    </div>
  );
}
