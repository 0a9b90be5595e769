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
  /** Another search is on its way. */
  onLeave: () => void;
}

/** Why nothing was found, and what could be searched instead. */
export function ZeroResults({ explanation, params, onLeave }: ZeroResultsProps) {
  const { t } = useTranslation();
  return (
    <EmptyNote icon={<IconSearchOff />} title={t('search.nothing')}>
      <Text c="dimmed">{explanation?.detail ?? t('search.nothingWhy')}</Text>
      {explanation?.absence && <NextStep absence={explanation.absence} onLeave={onLeave} />}
      {explanation !== undefined && explanation.proposals.length > 0 && (
        <Group gap="xs" justify="center">
          <Text span>{t('search.didYouMean')}</Text>
          {explanation.proposals.map((words) => (
            <Button
              key={words}
              component={Link}
              to={`/?${withValue(params, 'q', words).toString()}`}
              onClick={onLeave}
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
        <Button component={Link} to={`/?${withoutFilters(params).toString()}`} variant="light" onClick={onLeave}>
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
function NextStep({ absence: { detail, next }, onLeave }: { absence: FindAbsence; onLeave: () => void }) {
  const isOwn = next.path.startsWith('/');
  return (
    <Text>
      {detail}{' '}
      {isOwn ? (
        <Anchor component={Link} to={next.path} onClick={onLeave}>
          {next.text}
        </Anchor>
      ) : (
        <Anchor href={next.path}>{next.text}</Anchor>
      )}
    </Text>
  );
}
