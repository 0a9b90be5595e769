import { Button } from '@mantine/core';
import IconPrinter from '@tabler/icons-react/icons/IconPrinter';
import { useTranslation } from 'react-i18next';

/** Prints the page; what is only for the screen stays behind. */
export function PrintButton() {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      className="xanh-no-print"
      leftSection={<IconPrinter size={18} aria-hidden />}
      onClick={() => window.print()}
    >
      {t('print.button')}
    </Button>
  );
}
