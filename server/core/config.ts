import type { Config } from '../../schemas/types.d.ts';
import { parseQuery } from './schemas.ts';

/** The environment as `config.json` has it, defaults filled in. @throws Problem that names the variable */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // An empty variable is how shells and compose files say "not set".
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  return parseQuery('config', Object.fromEntries(set));
}
