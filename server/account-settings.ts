import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../schemas/types.d.ts';
import { mailBy } from './accounts/mail.adapter.ts';
import { newSecret } from './accounts/secret.adapter.ts';
import type { AccountSettings } from './compose-accounts.ts';

/** Says before anything is opened that people's accounts lack their secret. @throws Error */
export function assertSecret({ MONGODB_URI, XANH_SECRET }: Config): void {
  if (MONGODB_URI && !XANH_SECRET)
    throw new Error(
      'Set XANH_SECRET beside MONGODB_URI: at least 32 random characters (openssl rand -hex 32), kept for good.',
    );
}

/** What people's accounts need, from the environment. */
export function accountSettings(config: Config): AccountSettings {
  const { XANH_SECRET, XANH_DATA, SMTP_URL, PORT } = config;
  const { XANH_URL: address = `http://localhost:${PORT}` } = config;
  const { MAIL_FROM: from = `xanh@${new URL(address).hostname}` } = config;
  return {
    async secret() {
      assertSecret(config);
      return XANH_SECRET ?? keptSecret(XANH_DATA);
    },
    address,
    send: SMTP_URL ? mailBy(SMTP_URL, from) : null,
  };
}

/** The secret beside the embedded store, made by whoever asks for it first. */
async function keptSecret(folder: string): Promise<string> {
  const path = join(folder, 'secret');
  await mkdir(folder, { recursive: true });
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(newSecret());
    await file.sync();
    await file.close();
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  const secret = await readFile(path, 'utf8');
  if (secret.length < 32) throw new Error(`${path} is damaged: put it back from where it is kept, or delete it.`);
  return secret;
}
