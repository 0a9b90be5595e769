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

/** The keys that a template such as `tier.name.${tier}` can come to. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[^.]+')}$`);
}

/** Every key with its plural ending. */
function keysOf(tree: Texts, above = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [above + name] : keysOf(value, `${above}${name}.`),
  );
}

/** Words that Vietnamese offices use as they are, units, and texts of blanks and signs only. */
const sameInBoth =
  /^(?:Model|model|CSV|Excel \(XLSX\)|XLSX|GTIN|CPV|HS|kg|m²|BTU\/h|kW|HP|g\/m²|kWh|W|Đồng|[\d\s/,.:·–≈()-]*)\s*$/;

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
    const templates = [...source.matchAll(/`([a-zA-Z]+\.[^`]*\$\{[^`]*)`/g)].map(([, text = '']) => patternOf(text));
    const unused = [...vietnamese.keys()].filter(
      (key) => !source.includes(`'${key}'`) && !templates.some((template) => template.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('have at least one text for every key that a page puts together', () => {
    const put = [...readSources().matchAll(/\bt\(\s*`([^`]+)`/g)].map(([, text = '']) => text);
    expect(put.length).toBeGreaterThan(20);
    const keys = [...vietnamese.keys()];
    expect(put.filter((text) => !keys.some((key) => patternOf(text).test(key)))).toEqual([]);
  });

  it('have a plural for every count: one and other in English, other in Vietnamese', () => {
    const counted = (tree: Texts, ending: string) =>
      keysOf(tree)
        .filter((key) => key.endsWith(ending))
        .map((key) => key.slice(0, -ending.length))
        .sort();
    expect(counted(en, '_one')).toEqual(counted(en, '_other'));
    expect(counted(vi, '_other')).toEqual(counted(en, '_other'));
    expect(counted(vi, '_one')).toEqual([]);
  });

  it('are both told: no text is the same in both but names, signs and units', () => {
    const same = [...vietnamese].filter(([key, text]) => english.get(key) === text).map(([, text]) => text);
    expect(same.filter((text) => !sameInBoth.test(text.replaceAll(/\{\{\w+\}\}/g, '')))).toEqual([]);
    const empty = [...vietnamese, ...english].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('have every text that a page asks for', () => {
    const asked = [...readSources().matchAll(/\bt\('([^']+)'/g)].map(([, key = '']) => key);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !vietnamese.has(key))).toEqual([]);
  });
});
