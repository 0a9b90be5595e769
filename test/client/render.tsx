import './browser-parts.ts';
import { jest } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import { i18n } from '../../client/src/i18n/index.ts';
import { theme } from '../../client/src/theme.ts';

/** What the server answers to `GET /api/me` and the like: a body, or a body with a status. */
export type Answers = Record<string, { status?: number; body: unknown }>;

/** Calls that the page made, newest last. */
export interface Call {
  path: string;
  headers: [string, string][];
  body: unknown;
}

/** Renders as the app does, with a server that gives these answers; gives the calls made to it. */
export function renderWith(children: ReactNode, answers: Answers = {}, at = '/'): Call[] {
  const calls = answerWith(answers);
  render(
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MantineProvider theme={theme} env="test">
          <MemoryRouter initialEntries={[at]}>{children}</MemoryRouter>
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>,
  );
  return calls;
}

/** The faults that axe finds on what is shown; colours need a real browser. */
export async function findFaults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: {
      'color-contrast': { enabled: false },
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

function answerWith(answers: Answers): Call[] {
  const calls: Call[] = [];
  const fetchStub = async (path: string, init: RequestInit = {}) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    calls.push({ path, headers: Object.entries(init.headers ?? {}), body });
    const { status = 200, body: answer } = answers[`${init.method ?? 'GET'} ${path.split('?')[0]}`] ?? notThere;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return {
      ok: status < 400,
      status,
      headers: { get: () => type },
      text: async () => JSON.stringify(answer),
      json: async () => answer,
    };
  };
  Object.assign(globalThis, { fetch: jest.fn(fetchStub) });
  return calls;
}

const notThere = { status: 404, body: { type: 'about:blank', title: 'Không có', status: 404, code: 'NOT_FOUND' } };
