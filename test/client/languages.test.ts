import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import en from '../../client/src/i18n/en.json' with { type: 'json' };
import vi from '../../client/src/i18n/vi.json' with { type: 'json' };

const sources = join(import.meta.dirname, '../../client/src');
const plural = /_(?:one|other)$/;

interface Texts {
  [name: string]: string | Texts;
}

/** Every text by its whole key, plural forms as one. */
function textsOf(tree: Texts, above = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(`${above}${name}`.replace(plural, ''), value);
    else for (const [key, text] of textsOf(value, `${above}${name}.`)) texts.set(key, text);
  }
  return texts;
}

function readSources(): string {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  return files.map((file) => readFileSync(join(sources, file), 'utf8')).join('\n');
}

/** What stands between the braces of a text, `{{day}}`. */
const blanksOf = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

describe('the two languages of the screen', () => {
  const vietnamese = textsOf(vi);
  const english = textsOf(en);

  it('have the same texts', () => {
    expect([...english.keys()].sort()).toEqual([...vietnamese.keys()].sort());
  });

  it('fill in the same values in every text', () => {
    const differing = [...vietnamese].filter(
      ([key, text]) => String(blanksOf(text)) !== String(blanksOf(english.get(key) ?? '')),
    );
    expect(differing).toEqual([]);
  });

  it('have no text that no page shows', () => {
    const source = readSources();
    const templates = [...source.matchAll(/`([a-zA-Z]+\.[^`]*\$\{[^`]*)`/g)].map(
      ([, text = '']) =>
        new RegExp(
          `^${text
            .split(/\$\{[^}]*\}/)
            .map((part) => part.replaceAll('.', '\\.'))
            .join('[^.]+')}$`,
        ),
    );
    const unused = [...vietnamese.keys()].filter(
      (key) => !source.includes(`'${key}'`) && !templates.some((template) => template.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('have every text that a page asks for', () => {
    const asked = [...readSources().matchAll(/\bt\('([^']+)'/g)].map(([, key = '']) => key);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !vietnamese.has(key))).toEqual([]);
  });
});
