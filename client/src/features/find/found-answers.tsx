import { Alert, Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FindAbsence, FindResult } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { RecordLink } from '../../ui/record-link.tsx';

/** The answer in one sentence, then each thing found with its reason; without a label, why and what to do next. */
export function FoundAnswers({ found }: { found: FindResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = format.day(found.on);
  return (
    <Stack gap="md">
      <Text component="output" fw={600} size="lg">
        {t(found.covered ? 'find.covered' : 'find.notCovered', { q: found.q, day })}
      </Text>
      {found.absence && <Absence absence={found.absence} />}
      {found.answers.map(({ kind, id, label, match, covered, reason }) => (
        <Paper
          key={`${kind}-${id}`}
          component="article"
          p="md"
          className="xanh-result"
          data-tier={covered ? 'A' : 'none'}
        >
          <Group justify="space-between" gap="sm">
            <RecordLink to={kind === 'product' ? `/products/${id}` : `/certificates/${id}`}>{label}</RecordLink>
            <Badge variant="light" className="xanh-badge" color={covered ? 'leaf' : 'clay'}>
              {t(`find.match.${match}`)}
            </Badge>
          </Group>
          <Text mt={4}>{reason}</Text>
        </Paper>
      ))}
    </Stack>
  );
}

/** Why nothing covers it, and the next step. */
export function Absence({ absence: { detail, next } }: { absence: FindAbsence }) {
  const isOwn = next.path.startsWith('/');
  return (
    <Alert variant="light" color="yellow">
      <Text>{detail}</Text>
      {isOwn ? (
        <Anchor component={Link} to={next.path} fw={600}>
          {next.text}
        </Anchor>
      ) : (
        <Anchor href={next.path} rel="noreferrer" fw={600}>
          {next.text}
        </Anchor>
      )}
    </Alert>
  );
}
