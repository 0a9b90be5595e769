import { Alert, Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FindAbsence, FindAnswer, FindResult } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { RecordLink } from '../../ui/record-link.tsx';

/** The answer in one sentence, then each thing found with its reason; without a label, why and what to do next. */
export function FoundAnswers({ found }: { found: FindResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = format.day(found.on);
  return (
    <Stack gap="md">
      <Text component="output" fw={600} size="lg" className="xanh-answer" data-green={found.covered}>
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
          aria-labelledby={`found-${id}`}
        >
          <Group justify="space-between" gap="sm">
            <Title order={2} size="h4" id={`found-${id}`}>
              <RecordLink to={kind === 'product' ? `/products/${id}` : `/certificates/${id}`}>{label}</RecordLink>
            </Title>
            <Badge variant="light" className="xanh-badge" color={colourOf(match, covered)}>
              {t(`find.match.${match}`)}
            </Badge>
          </Group>
          <Text mt={4}>{reason}</Text>
        </Paper>
      ))}
    </Stack>
  );
}

/** What is only like it is a warning; the very code without a label is none. */
function colourOf(match: FindAnswer['match'], covered: boolean): string {
  if (covered) return 'leaf';
  return match === 'exact' ? 'gray' : 'clay';
}

/** Why nothing covers it, and the next step. */
function Absence({ absence: { detail, next } }: { absence: FindAbsence }) {
  return (
    <Alert variant="light" color="amber">
      <Text>{detail}</Text>
      <NextStep {...next} />
    </Alert>
  );
}

/** The way to the next step; what is to be done on this very page is only said. */
function NextStep({ text, path }: FindAbsence['next']) {
  if (path.startsWith('/find')) return <Text fw={600}>{text}</Text>;
  if (path.startsWith('/'))
    return (
      <Anchor component={Link} to={path} fw={600}>
        {text}
      </Anchor>
    );
  return (
    <Anchor href={path} rel="noreferrer" fw={600}>
      {text}
    </Anchor>
  );
}
