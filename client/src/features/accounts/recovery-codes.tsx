import { Alert, Button, Code, Group, SimpleGrid, Stack } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useTranslation } from 'react-i18next';
import { saveText } from '../../ui/export/save-text.ts';

/** The recovery codes, which are shown only here: to be kept before going on. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useTranslation();
  const save = () =>
    saveText('xanh-recovery-codes.txt', `${t('secondFactor.codesFile')}\r\n\r\n${codes.join('\r\n')}\r\n`);
  return (
    <Stack>
      <Alert color="leaf" variant="light" icon={<IconCheck aria-hidden />} title={t('secondFactor.isSet')}>
        {t('secondFactor.codesWhat')}
      </Alert>
      <SimpleGrid component="ul" cols={{ base: 2, xs: 3, sm: 5 }} spacing="xs" className="xanh-list">
        {codes.map((code) => (
          <li key={code}>
            <Code fz="sm">{code}</Code>
          </li>
        ))}
      </SimpleGrid>
      <Group>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />} onClick={save}>
          {t('secondFactor.download')}
        </Button>
        <Button onClick={onKept}>{t('secondFactor.kept')}</Button>
      </Group>
    </Stack>
  );
}
