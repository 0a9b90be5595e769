import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Problem } from '../../server/core/problem.ts';
import { parseBody, parseQuery, schemas } from '../../server/core/schemas.ts';
import { generateTypes } from '../../schemas/generate.ts';

describe.each([...schemas])('schemas/%s.json', (name, schema) => {
  it('has a title, a description and valid examples', () => {
    expect(schema['title']).toEqual(expect.any(String));
    expect(schema['description']).toEqual(expect.any(String));
    const examples = schema['examples'] as unknown[];
    expect(examples.length).toBeGreaterThan(0);
    const parse = name.endsWith('-query') ? parseQuery : parseBody;
    for (const example of examples) expect(parse(name, structuredClone(example))).toBeDefined();
  });
});

// The environment holds much that is not ours, and the common shapes describe no value of their own.
const closed = [...schemas].filter(([name]) => name !== 'config' && name !== 'common');

describe.each(closed)('schemas/%s.json', (name, schema) => {
  it('refuses what it does not name, and says where', () => {
    const [example] = schema['examples'] as object[];
    const faults = faultsOf(() => parseBody(name, { ...example, surprise: 1 }));
    expect(faults).toEqual([expect.objectContaining({ pointer: '/surprise', code: 'additionalProperties' })]);
  });
});

describe('the schemas together', () => {
  it('are JSON Schema 2020-12', () => {
    const ajv = new Ajv2020();
    addFormats.default(ajv);
    for (const schema of schemas.values()) expect(ajv.validateSchema(schema)).toBe(true);
  });

  it('give the types that are committed', async () => {
    expect(await readFile(new URL('../../schemas/types.d.ts', import.meta.url), 'utf8')).toBe(await generateTypes());
  });

  it.each([
    [{ vi: '' }, '/vi'],
    [JSON.parse('{"vi":"x","__proto__":{"polluted":true}}') as object, '/__proto__'],
    [{ vi: { $gt: '' } }, '/vi'],
  ])('name the place of a fault in %j', (name, pointer) => {
    const broken = () => parseBody('product-patch', { name });
    expect(faultsOf(broken)).toEqual([expect.objectContaining({ pointer: `/name${pointer}` })]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

function faultsOf(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    return error instanceof Problem ? error.faults : error;
  }
}
