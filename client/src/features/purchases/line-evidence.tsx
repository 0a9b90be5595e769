import { Anchor, Box, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evidence, EvidenceUse } from '../../../../schemas/types.d.ts';
import { evidenceQuery } from '../../api/evidence.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { More } from '../../ui/more.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { UploadField } from '../../ui/upload-field.tsx';
import { OnItsWay } from '../../ui/upload-on-its-way.tsx';
import { useEvidenceUploads } from '../../ui/use-evidence-uploads.ts';

interface LineEvidenceProps {
  purchase: string;
  lineNo: number;
  mayAdd: boolean;
}

const kinds = ['invoice', 'acceptance', 'certificateExtract', 'other'] as const;
type Kind = (typeof kinds)[number];

/** What proves a line: invoice, acceptance record, extract of the certificate; asked for only once it is opened. */
export function LineEvidence(props: LineEvidenceProps) {
  const { t } = useTranslation();
  return (
    <Box mt="sm">
      <More label={t('lineEvidence.show', { lineNo: props.lineNo })}>
        <Files {...props} />
      </More>
    </Box>
  );
}

function Files({ purchase, lineNo, mayAdd }: LineEvidenceProps) {
  const { t } = useTranslation();
  const use: EvidenceUse = { kind: 'purchaseLine', id: purchase, lineNo };
  const evidence = useQuery(evidenceQuery(use));
  const [kind, setKind] = useState<Kind>('invoice');
  const uploads = useEvidenceUploads(use);
  return (
    <Stack gap="sm" mt="xs">
      <QueryState query={evidence} blocks={1}>
        {(files) =>
          files.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t(mayAdd ? 'lineEvidence.none' : 'lineEvidence.noneHere')}
            </Text>
          ) : (
            <ul className="xanh-list">
              {files.map((file) => (
                <FileItem key={file.id} file={file} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {uploads.all.map((upload) => (
        <OnItsWay key={upload.sent.key} upload={upload} uploads={uploads} />
      ))}
      {mayAdd && (
        <>
          <NativeSelect
            label={t('lineEvidence.kindLabel')}
            maw={320}
            value={kind}
            onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}
            data={kinds.map((one) => ({ value: one, label: t(`lineEvidence.kind.${one}`) }))}
          />
          <UploadField
            name={t(`lineEvidence.kind.${kind}`)}
            onChosen={(file, key) => uploads.send({ file, key, kind })}
          />
        </>
      )}
    </Stack>
  );
}

function FileItem({ file: { id, name, kind, retainUntil, settlementUnknown, ended } }: { file: Evidence }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = kinds.find((one) => one === kind) ?? 'other';
  return (
    <li className="xanh-file">
      <Anchor href={`/api/evidence/${id}/content`} download={name} size="sm" fw={500}>
        <IconDownload size={16} aria-hidden className="xanh-inline-icon" /> {name}
      </Anchor>
      <Text size="sm" c="dimmed">
        {t(`lineEvidence.kind.${shown}`)}
        {retainUntil !== undefined && ` · ${t('lineEvidence.retained', { day: format.day(retainUntil) })}`}
      </Text>
      {settlementUnknown === true && (
        <Text size="sm" c="dimmed">
          {t('lineEvidence.settlementUnknown')}
        </Text>
      )}
      {ended === true && <p className="xanh-note">{t('application.reportEnded')}</p>}
    </li>
  );
}
