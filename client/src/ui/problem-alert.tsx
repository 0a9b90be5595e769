import { Alert, Anchor, Button, Group, List, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ApiProblem } from '../api/client.ts';

interface ProblemAlertProps {
  error: unknown;
  /** Pointers that a field of the page shows by itself. */
  shownAtFields?: string[];
  onRetry?: () => void;
}

const none: string[] = [];

/** What went wrong, in words, with the places that no field shows. */
export function ProblemAlert({ error, shownAtFields = none, onRetry }: ProblemAlertProps) {
  const { t } = useTranslation();
  const problem = error instanceof ApiProblem ? error : undefined;
  const others = problem?.errors.filter(({ pointer }) => !shownAtFields.includes(pointer)) ?? [];
  return (
    <Alert
      color="clay"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem?.title || t(problem?.status === 0 ? 'problem.unreachable' : 'problem.unexpected')}
    >
      {/* The detail repeats the first place at fault, which its field or the list below says. */}
      {problem?.detail !== undefined && problem.detail !== problem.title && problem.errors.length === 0 && (
        <Text size="sm">{problem.detail}</Text>
      )}
      {others.length > 0 && (
        <List size="sm" mt={4}>
          {others.map(({ pointer, detail }) => (
            <List.Item key={pointer + detail}>
              {pointer !== '' && <code>{pointer}</code>} {detail}
            </List.Item>
          ))}
        </List>
      )}
      {problem !== undefined && shownAtFields.length > 0 && <Text size="sm">{t('problem.seeFields')}</Text>}
      <NextStep status={problem?.status} onRetry={onRetry} />
    </Alert>
  );
}

function NextStep({ status, onRetry }: { status: number | undefined; onRetry: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  if (status === 401 && pathname !== '/sign-in') {
    return (
      <Anchor component={Link} to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} size="sm" fw={600}>
        {t('account.signIn')}
      </Anchor>
    );
  }
  // Asking again for what is not there, or may not be seen, changes nothing.
  if (onRetry === undefined || status === 404 || status === 403 || status === 401) return null;
  return (
    <Group mt="sm">
      <Button size="xs" variant="white" color="clay" onClick={onRetry}>
        {t('problem.retry')}
      </Button>
    </Group>
  );
}
