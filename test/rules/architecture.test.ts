import { describe, expect, it } from '@jest/globals';
import {
  cruise,
  type ICruiseResult,
  type IForbiddenRuleType,
  type IRegularForbiddenRuleType,
} from 'dependency-cruiser';

/** One row of the dependency rule: files from here may import only what is named; `types` may be imported as types too. */
interface Allowance {
  from: string;
  not?: string;
  may: string[];
  types?: string[];
}

const npm = 'node_modules/';
const node = '^(node:)?[a-z_/]+$';
const wireTypes = '^schemas/types\\.d\\.ts$';
const rules = '^server/.+\\.rules\\.ts$';

const allowances: Allowance[] = [
  { from: '^schemas/', may: ['^schemas/', npm, node] },
  { from: '^server/core/', may: ['^server/core/', '^schemas/', npm, node] },
  { from: '^server/embedded/', may: ['^server/embedded/', 'node_modules/(bson|mingo|lmdb|tsx)/', node] },
  { from: rules, may: [rules, wireTypes, 'node_modules/temporal-polyfill/'] },
  { from: '^server/([^/]+)/model\\.ts$', not: '^server/core/', may: ['^server/core/model\\.ts$', wireTypes] },
  {
    from: '^server/([^/]+)/[^/]*service\\.ts$',
    may: [rules, '^server/core/(problem|clock)\\.ts$', '^server/$1/[^/]*service\\.ts$'],
    types: ['^server/core/(records|route)\\.ts$', '^server/$1/(model|port)\\.ts$', 'service\\.ts$', wireTypes],
  },
  {
    from: '^server/([^/]+)/[^/]+\\.adapter\\.ts$',
    may: [npm, node, '^server/core/', '^server/$1/'],
    types: [wireTypes],
  },
  {
    from: '^server/([^/]+)/[^/]*routes\\.ts$',
    may: ['^server/core/(route|problem)\\.ts$', '^server/$1/cookies\\.ts$'],
    types: ['^server/$1/[^/]*service\\.ts$', '^server/core/', 'node_modules/(@types/)?express/', wireTypes],
  },
  { from: '^server/app\\.ts$', may: ['^server/core/', npm, node] },
  {
    from: '^seed/',
    may: ['^seed/', 'node_modules/temporal-polyfill/', '^server/compose\\.ts$', '^server/core/', '^schemas/'],
  },
  { from: '^client/src/(ui|api|i18n)/', may: ['^client/src/(ui|api|i18n)/', npm], types: [wireTypes] },
  {
    from: '^client/src/features/([^/]+)/',
    may: ['^client/src/features/$1/', '^client/src/(ui|api|i18n)/', npm],
    types: [wireTypes],
  },
  { from: '^client/', may: ['^client/', npm, node], types: [wireTypes] },
];

const forbidden: IForbiddenRuleType[] = [
  ...allowances.flatMap(({ from, not, may, types = [] }, row): IRegularForbiddenRuleType[] => [
    {
      name: `row ${row}: ${from}`,
      severity: 'error',
      from: { path: from, pathNot: not },
      to: { pathNot: [...may, ...types] },
    },
    {
      name: `row ${row}, values: ${from}`,
      severity: 'error',
      from: { path: from, pathNot: not },
      to: { pathNot: may, dependencyTypesNot: ['type-only'] },
    },
  ]),
  {
    name: 'no cycles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  { name: 'nothing unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'tests are imported by nobody',
    severity: 'error',
    from: { pathNot: '^(test|bench)/' },
    to: { path: '^(test|bench)/' },
  },
];

describe('the dependency rule', () => {
  it('holds in every folder', async () => {
    const { output } = await cruise(
      ['schemas', 'server', 'seed', 'client/src'],
      {
        ruleSet: { forbidden },
        validate: true,
        tsPreCompilationDeps: true,
        doNotFollow: { path: 'node_modules' },
        exclude: { path: '^client/dist' },
      },
      {
        exportsFields: ['exports'],
        conditionNames: ['types', 'import', 'node', 'default'],
        extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      },
    );
    const { summary, modules } = output as ICruiseResult;
    expect(modules.length).toBeGreaterThan(50);
    const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect([...new Set(broken)]).toEqual([]);
  }, 60_000);
});
