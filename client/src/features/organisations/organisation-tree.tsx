import { List, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { OrganisationLink } from '../../ui/names.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { belowQuery } from './api.ts';

/** The agencies directly below on the day. */
export function OrganisationTree({ code, on }: { code: string; on: string | undefined }) {
  const { t } = useTranslation();
  const below = useQuery(belowQuery(code, on));
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} size="h3" mb="sm">
        {t('organisation.below')}
      </Title>
      <QueryState query={below} blocks={1}>
        {(agencies) =>
          agencies.length === 0 ? (
            <Text c="dimmed">{t('organisation.noneBelow')}</Text>
          ) : (
            <List>
              {agencies.map((agency) => (
                <List.Item key={agency.code}>
                  <OrganisationLink code={agency.code} />
                </List.Item>
              ))}
            </List>
          )
        }
      </QueryState>
    </Paper>
  );
}
