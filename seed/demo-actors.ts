import type { Composition } from '../server/compose.ts';

/** For which fictional organisation each demonstration role acts. */
export const demoActors: NonNullable<Composition['demo']> = {
  officer: 'DEMO-TM',
  certifier: 'DEMO-CN-NST',
  supplier: 'DEMO-NCC-01',
  operator: null,
  auditor: null,
};
