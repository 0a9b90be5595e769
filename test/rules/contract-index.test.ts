import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import index from '../contract/index.json' with { type: 'json' };
import { sentencesOf } from '../contract/sentences.ts';

const root = new URL('../../', import.meta.url);
// The page lies beside the project where it is worked on, and nowhere else.
const page = new URL('../shared/contract.md', root);
const isHere = existsSync(page);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

describe('the contract', () => {
  it('names a test for every row and sentence', () => {
    if (!isHere) return console.info('left out: ../shared/contract.md is not here');
    const sentences = sentencesOf(readFileSync(page, 'utf8'));
    expect(sentences.length).toBeGreaterThan(100);
    const entriesOf = (sentence: string) => index.filter(({ says }) => sentence.startsWith(says));
    expect(sentences.filter((sentence) => entriesOf(sentence).length !== 1)).toEqual([]);
    const isSaid = ({ says }: { says: string }) => sentences.some((sentence) => sentence.startsWith(says));
    expect(index.filter((entry) => !isSaid(entry))).toEqual([]);
  });

  it('is shown by tests that are there', () => {
    expect(new Set(index.map(({ id }) => id)).size).toBe(index.length);
    const texts = new Map<string, string>();
    const textOf = (file: string) => texts.get(file) ?? texts.set(file, read(file)).get(file)!;
    const missing = index.flatMap(({ id, shownBy }) =>
      shownBy.flatMap(({ file, tests }) =>
        tests.filter((title) => !textOf(file).includes(title)).map((title) => `${id}: ${file}: ${title}`),
      ),
    );
    expect(missing).toEqual([]);
    expect(index.filter(({ shownBy }) => shownBy.flatMap(({ tests }) => tests).length === 0)).toEqual([]);
  });

  it('is read sentence by sentence: paragraphs, items, rows and code', () => {
    const text =
      '# Head\n\nOne thing (art. 5). `Two` more:\nand on.\n\n- An item. (brackets) too\n\n| a | b |\n|---|---|\n| `c` | d. E |\n\n```\n{ x. Y }\n```\n';
    expect(sentencesOf(text)).toEqual([
      'One thing (art. 5).',
      '`Two` more: and on.',
      'An item.',
      '(brackets) too',
      '`c` d.',
      'E',
      '{ x. Y }',
    ]);
  });
});
