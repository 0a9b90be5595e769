import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import { useTranslation } from 'react-i18next';

interface CopyLineProps {
  text: string;
  label: string;
  /** Shows its beginning and copies all of it. */
  isShort?: boolean;
}

/** A text that is copied rather than read: a key, a secret, a hash. */
export function CopyLine({ text, label, isShort = false }: CopyLineProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code block className="xanh-copy" aria-label={label}>
        {isShort ? `${text.slice(0, 12)}…` : text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'copy.done' : 'copy.copy')}>
            <ActionIcon variant="default" size="lg" onClick={copy} aria-label={t('copy.copyWhat', { what: label })}>
              {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
