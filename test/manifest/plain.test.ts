// The quick reader against the library: where there is nothing to complain of, the trees are equal to the last offset.
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Read } from '../../server/src/manifest/library.ts';
import { readWithLibrary } from '../../server/src/manifest/library.ts';
import { defaultLimits } from '../../server/src/manifest/limits.ts';
import { ManifestFile } from '../../server/src/manifest/manifest-file.ts';
import { readPlain } from '../../server/src/manifest/plain.ts';
import { lineStartsOf } from '../../server/src/manifest/text.ts';
import { damage, damages } from './damage.ts';
import { json, manifest } from './fixtures.ts';

const scenarios = new URL('../conformance/oracle/scenarios/', import.meta.url);

/** The manifests of all recorded scenarios. */
const recorded = readdirSync(scenarios)
  .filter((name) => name.endsWith('.scenario'))
  .flatMap((name) => {
    const parts = readFileSync(new URL(name, scenarios), 'utf8').split(/^-- (.+) --$/m);
    return parts.flatMap((part, index) => (/\.ya?ml$/.test(parts[index - 1] ?? '') ? [part.replace(/^\n/, '')] : []));
  });

/** Whether the quick reader took the text; if it and the library find no fault, it says what the library says. */
function checkSame(text: string): boolean {
  const plain = readPlain(text, lineStartsOf(text), defaultLimits);
  const library = readWithLibrary(text, defaultLimits);
  if (!plain || isFaulty(plain) || isFaulty(library)) return plain !== undefined;
  expect({ root: plain.root, problems: plain.problems }).toEqual({ root: library.root, problems: library.problems });
  return true;
}

function isFaulty({ problems }: Read): boolean {
  return problems.some(({ code }) => code !== 'duplicate-key');
}

const documents = [manifest, json, ...recorded].flatMap((text) => ManifestFile.read(text).documents.map(({ document }) => document.text));

test('[M50] the manifests of the recordings are read, quickly', () => {
  expect(documents.length).toBeGreaterThan(80);
  const slow = documents.filter((text) => !checkSame(text));
  // Three of them are broken on purpose.
  expect(documents.filter((text) => isFaulty(readPlain(text, lineStartsOf(text), defaultLimits) ?? readWithLibrary(text, defaultLimits)))).toHaveLength(3);
  expect(slow.length / documents.length).toBeLessThan(0.1);
});

test('[M50] so are damaged ones', () => {
  fc.assert(
    fc.property(fc.constantFrom(...documents), damages, (text, steps) => void checkSame(damage(text, steps))),
    { numRuns: 3_000 },
  );
});

const lines = [
  'a:',
  'b: 1',
  '- c',
  '-',
  '- d: 2',
  'e: "x"',
  "f: 'it''s'",
  'g: |',
  'h: |-',
  'i: >',
  '# comment',
  '',
  'text',
  'j: {k: 1, "l": [m, 2]}',
  'n: [',
  ']',
  'o: p # q',
  '"r": s',
  '- - t',
  'u : v',
  'w: x:y',
  'z: "a\\nb"',
  '- {a: b}',
  '? c',
  'on: off',
];
const blocks = fc
  .array(fc.tuple(fc.nat(4), fc.constantFrom(...lines)), { maxLength: 10 })
  .map((rows) => rows.map(([indent, line]) => ' '.repeat(indent) + line).join('\n'));

test('[M50] a carriage return alone is a line break', () => {
  checkSame('a: 1\rb: 2\n');
  checkSame('\r\tmetadata: {name: x}\n');
});

test('[M50] and rows in any order', () => {
  fc.assert(
    fc.property(blocks, (text) => void checkSame(text)),
    { numRuns: 10_000 },
  );
});
