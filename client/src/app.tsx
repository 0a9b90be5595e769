import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { ApiProblem } from './api/client.ts';
import { currentLanguage, i18n } from './i18n/index.ts';
import { Pages } from './routes.tsx';
import { cssVariables, theme } from './theme.ts';

/** Theme, server state and language around the pages. */
export function App() {
  const [queryClient] = useState(createQueryClient);
  useEffect(() => followLanguage(queryClient), [queryClient]);
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
          <Notifications position="bottom-right" autoClose={6000} />
          <Pages />
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}

/** A refusal is final, only an answer that never came is asked for again. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.status === 0,
      },
    },
  });
}

/** The page says its language, and asks again for what the server words. */
function followLanguage(queryClient: QueryClient): () => void {
  const follow = () => {
    document.documentElement.lang = currentLanguage();
    void queryClient.invalidateQueries();
  };
  document.documentElement.lang = currentLanguage();
  i18n.on('languageChanged', follow);
  return () => i18n.off('languageChanged', follow);
}
