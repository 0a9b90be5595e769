import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconEye from '@tabler/icons-react/icons/IconEye';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment, Evidence } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { sizeText } from '../../ui/file-size.ts';
import { OrganisationLink } from '../../ui/names.tsx';
import { contentPath } from './api.ts';

interface EvidenceFileProps {
  attachment: Pick<Attachment, 'issuedOn' | 'laboratory'>;
  file: Evidence | undefined;
  /** What can be done with it. */
  children?: ReactNode;
}

/** Images are shown in the page; everything else, a PDF too, can hold something active and is only saved. */
const shown = new Set<Evidence['type']>(['png', 'jpg']);

/** One file of an application: what it is, what is known of it, and the way to its content. */
export function EvidenceFile({ attachment, file, children }: EvidenceFileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, { toggle }] = useDisclosure(false);
  if (file === undefined) return <Text size="sm">{t('application.fileGone')}</Text>;
  const { id, name, type, size, alsoUsedBy, ended, laboratoryEnded, validThrough, uses } = file;
  const { issuedOn = file.issuedOn, laboratory = file.laboratory } = attachment;
  const isShown = shown.has(type);
  return (
    <div className="xanh-file">
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div className="xanh-file-what">
          <Text fw={500}>{name}</Text>
          <Text size="sm" c="dimmed">
            {type.toUpperCase()} · {sizeText(size, format.number)}
            {issuedOn !== undefined && ` · ${t('application.issuedOn', { day: format.day(issuedOn) })}`}
            {validThrough !== undefined && ` · ${t('label.until', { day: format.day(validThrough) })}`}
          </Text>
          {laboratory !== undefined && (
            <Text size="sm" c="dimmed">
              {laboratory.name} ({laboratory.accreditation})
            </Text>
          )}
          {ended === true && <p className="xanh-note">{t('application.reportEnded')}</p>}
          {laboratoryEnded !== undefined && (
            <p className="xanh-note">
              {t(`application.laboratoryEnded.${laboratoryEnded.heldWhenIssued === false ? 'before' : 'since'}`, {
                day: format.day(laboratoryEnded.through),
              })}
            </p>
          )}
        </div>
        {children}
      </Group>
      <Group gap="md" mt={4}>
        {isShown && (
          <Button
            variant="subtle"
            size="compact-sm"
            className="xanh-flush"
            aria-expanded={isOpen}
            leftSection={<IconEye size={16} aria-hidden />}
            onClick={toggle}
          >
            {t(isOpen ? 'application.hide' : 'application.show')}
            <span className="xanh-for-reader"> {name}</span>
          </Button>
        )}
        <Anchor href={contentPath(id)} download={name} size="sm" fw={500}>
          <IconDownload size={16} aria-hidden className="xanh-inline-icon" /> {t('application.download')}
          <span className="xanh-for-reader"> {name}</span>
        </Anchor>
        {uses.length > 1 && (
          <Text size="sm" c="dimmed">
            {t('application.usedIn', { count: uses.length - 1 })}
          </Text>
        )}
      </Group>
      {isShown && isOpen && <img src={contentPath(id)} alt={name} className="xanh-preview" />}
      {alsoUsedBy !== undefined && alsoUsedBy.count > 0 && (
        <Alert color="amber" variant="light" p="sm" mt="xs" title={t('application.alsoUsed')}>
          {alsoUsedBy.organisations.map((code) => (
            <Text key={code} size="sm">
              <OrganisationLink code={code} />
            </Text>
          ))}
        </Alert>
      )}
    </div>
  );
}
