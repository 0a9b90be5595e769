import type { ModelDefinition } from '../core/model.ts';

/** API keys: the id is the public part of the key, of the secret part only a hash is kept. */
export const apiKeyModel: ModelDefinition = {
  collection: 'apiKeys',
  schema: 'api-key',
  derived: ['lastUsedAt'],
  indexes: [
    [{ org: 1 }, {}],
    [{ madeBy: 1 }, {}],
  ],
};

/** Who acts for whom. What an open invitation is found by is no part of its history, and goes when it is accepted. */
export const membershipModel: ModelDefinition = {
  collection: 'memberships',
  schema: 'membership',
  hidden: { tokenHash: String, mailHash: String },
  derived: ['tokenHash', 'mailHash'],
  newestFirst: true,
  indexes: [
    [{ tokenHash: 1 }, { unique: true, partialFilterExpression: { tokenHash: { $exists: true } } }],
    [{ mailHash: 1 }, { partialFilterExpression: { mailHash: { $exists: true } } }],
    [{ person: 1 }, {}],
    [{ org: 1 }, {}],
  ],
};

/** Sign-ups that nobody has confirmed, found by the hash of their link; no records of the register. */
export const signUpModel: ModelDefinition = {
  collection: 'signUps',
  schema: 'sign-up',
  history: 'none',
  hidden: { tokenHash: String, mailHash: String },
  indexes: [
    [{ tokenHash: 1 }, { unique: true, partialFilterExpression: { tokenHash: { $exists: true } } }],
    [{ mailHash: 1 }, {}],
    [{ expiresAt: 1 }, {}],
  ],
};

/** Letters that no mail server took. */
export const letterModel: ModelDefinition = {
  collection: 'letters',
  schema: 'letter',
  history: 'none',
  newestFirst: true,
  indexes: [
    [{ to: 1 }, {}],
    [{ recordedAt: 1 }, {}],
  ],
};

/** Browser sessions by key or demonstration role, found by the hash of their cookie; those of people are the library's. */
export const sessionModel: ModelDefinition = {
  collection: 'sessions',
  schema: 'session',
  history: 'none',
  indexes: [
    [{ hash: 1 }, { unique: true }],
    [{ expiresAt: 1 }, {}],
  ],
};
