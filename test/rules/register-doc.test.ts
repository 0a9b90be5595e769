import { expect, it } from '@jest/globals';
import { registerDoc } from '../support/register-doc.ts';

it('docs/register.md draws and tables what the rules say', async () => {
  const { written, made } = await registerDoc();
  expect(written).toBe(made);
});
