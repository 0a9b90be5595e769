import type { ModelDefinition } from '../core/model.ts';

/** API keys: the id is the public part of the key, of the secret part only a hash is kept. */
export const apiKeyModel: ModelDefinition = { collection: 'apiKeys', schema: 'api-key', indexes: [] };

/** Browser sessions, found by the hash of their cookie. */
export const sessionModel: ModelDefinition = {
  collection: 'sessions',
  schema: 'session',
  history: 'none',
  indexes: [
    [{ hash: 1 }, { unique: true }],
    [{ expiresAt: 1 }, {}],
  ],
};
