import { Button, Group, Menu, Modal, Progress, Stack, Text } from '@mantine/core';
import IconFileSpreadsheet from '@tabler/icons-react/icons/IconFileSpreadsheet';
import IconFileTypeCsv from '@tabler/icons-react/icons/IconFileTypeCsv';
import IconTableExport from '@tabler/icons-react/icons/IconTableExport';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { Progress as Done } from './load-all.ts';
import { useDownload } from './use-download.ts';
import type { Download } from './use-download.ts';

interface ExportMenuProps<Row> {
  download: Download<Row>;
  /** Small beside a table; a page's own table has it among the actions of the page. */
  isSmall?: boolean;
}

/** Downloads the whole table as CSV or XLSX, every page of it. */
export function ExportMenu<Row>({ download, isSmall = false }: ExportMenuProps<Row>) {
  const { t } = useTranslation();
  const { start, progress, cancel } = useDownload(download);
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            className="xanh-no-print"
            variant={isSmall ? 'subtle' : 'default'}
            size={isSmall ? 'compact-sm' : 'sm'}
            leftSection={<IconTableExport size={18} aria-hidden />}
            aria-label={t('file.menuOf', { title: download.title })}
          >
            {t('file.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileTypeCsv size={18} aria-hidden />} onClick={() => void start('csv')}>
            {t('file.csv')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileSpreadsheet size={18} aria-hidden />} onClick={() => void start('xlsx')}>
            {t('file.xlsx')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Running progress={progress} onCancel={cancel} />
    </>
  );
}

function Running({ progress, onCancel }: { progress: Done | null; onCancel: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done, total } = progress ?? { done: 0, total: 0 };
  return (
    <Modal.Root opened={progress !== null} onClose={onCancel} centered size="sm">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="xl">
          <Stack>
            <Modal.Title fw={600} fz="lg">
              {t('file.running')}
            </Modal.Title>
            <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={t('file.running')} />
            <Text component="output" size="sm" c="dimmed">
              {t('file.progress', { done: format.number(done), total: format.number(total) })}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onCancel}>
                {t('state.cancel')}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
