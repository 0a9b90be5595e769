import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 32 random bytes as text, for keys and cookies. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. A fast hash is enough: 256 random bits cannot be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** What is kept of an address: with the server's secret, so that a stolen store cannot be asked who was invited. */
export function hashAddress(secret: string, email: string): string {
  return createHmac('sha256', secret).update(email.trim().toLowerCase()).digest('hex');
}
