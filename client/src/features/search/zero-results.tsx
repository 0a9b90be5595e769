import { Anchor, Button, Group, Text } from '@mantine/core';
import IconSearchOff from '@tabler/icons-react/icons/IconSearchOff';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FindAbsence, SearchResult } from '../../../../schemas/types.d.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { countFilters, withoutFilters, withValue } from './search-state.ts';

interface ZeroResultsProps {
  explanation: SearchResult['explanation'];
  params: URLSearchParams;
}

/** Why nothing was found, and what could be searched instead. */
export function ZeroResults({ explanation, params }: ZeroResultsProps) {
  const { t } = useTranslation();
  return (
    <EmptyNote icon={<IconSearchOff />} title={t('search.nothing')}>
      <Text c="dimmed">{explanation?.detail ?? t('search.nothingWhy')}</Text>
      {explanation?.absence && <NextStep absence={explanation.absence} />}
      {explanation !== undefined && explanation.proposals.length > 0 && (
        <Group gap="xs" justify="center">
          <Text span>{t('search.didYouMean')}</Text>
          {explanation.proposals.map((words) => (
            <Button
              key={words}
              component={Link}
              to={`/?${withValue(params, 'q', words).toString()}`}
              size="compact-md"
              variant="light"
              className="xanh-chip"
            >
              {words}
            </Button>
          ))}
        </Group>
      )}
      {countFilters(params) > 0 && (
        <Button component={Link} to={`/?${withoutFilters(params).toString()}`} variant="light">
          {t('search.dropFilters')}
        </Button>
      )}
      <Text size="sm" c="dimmed">
        {t('search.nothingOthers')}{' '}
        <Anchor component={Link} to="/needs" inherit underline="always">
          {t('needs.link')}
        </Anchor>
      </Text>
    </EmptyNote>
  );
}

/** What the register knows of the words as a code, and what to do next. */
function NextStep({ absence: { detail, next } }: { absence: FindAbsence }) {
  const isOwn = next.path.startsWith('/');
  return (
    <Text>
      {detail}{' '}
      {isOwn ? (
        <Anchor component={Link} to={next.path}>
          {next.text}
        </Anchor>
      ) : (
        <Anchor href={next.path}>{next.text}</Anchor>
      )}
    </Text>
  );
}
