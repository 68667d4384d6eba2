import { readFileSync, readdirSync } from 'node:fs';
import { parseDocument, parse } from 'yaml';
import { expect, test } from 'vitest';
import { toYaml } from '../../../server/src/kubectl/output/yaml.ts';

const recordings = new URL('../../conformance/oracle/scenarios/', import.meta.url);

/** Outputs of `-o yaml` in the recordings. */
function recordedYaml(): readonly (readonly [name: string, text: string])[] {
  return readdirSync(recordings)
    .filter((file) => file.endsWith('.golden'))
    .flatMap((file) =>
      readFileSync(new URL(file, recordings), 'utf8')
        .split(/^\$ /m)
        .filter((block) => /^.* -o yaml\n(apiVersion|kind)/.test(block))
        .map((block) => [`${file}: ${block.split('\n')[0]}`, block.slice(block.indexOf('\n') + 1).split(/^~~~ or|^! /m)[0]!] as const),
    );
}

test('what the real client printed is printed again, byte for byte', () => {
  const recorded = recordedYaml();
  expect(recorded.length).toBeGreaterThan(20);
  for (const [name, normalised] of recorded) {
    // Placeholders that stand in quotes stand for what needs them.
    const text = normalised.replaceAll('"<time>"', '"2026-01-02T03:04:05Z"').replaceAll('"<version>"', '"123"');
    expect(toYaml(parse(text)), name).toBe(text);
  }
});

test.each([
  ['yes', '"yes"'],
  ['Yes', '"Yes"'],
  ['y', '"y"'],
  ['yellow', 'yellow'],
  ['', '""'],
  ['~', '"~"'],
  ['null', '"null"'],
  ['12', '"12"'],
  ['0123', '"0123"'],
  ['089', '"089"'],
  ['0x1F', '"0x1F"'],
  ['1_000', '"1_000"'],
  ['1.5', '"1.5"'],
  ['.5', '".5"'],
  ['1e3', '"1e3"'],
  ['1.2.3', '1.2.3'],
  ['12:30', '"12:30"'],
  ['2026-01-02', '"2026-01-02"'],
  ['2026-13-02', '2026-13-02'],
  ['2026-01-02T03:04:05Z', '"2026-01-02T03:04:05Z"'],
  ['25%', '25%'],
  ['a: b', "'a: b'"],
  ['a:b', 'a:b'],
  ['a #b', "'a #b'"],
  ['a#b', 'a#b'],
  ['*/5 * * * *', "'*/5 * * * *'"],
  ['- a', "'- a'"],
  ['-a', '-a'],
  ['{a}', "'{a}'"],
  ["it's", "it's"],
  ["'quoted'", "'''quoted'''"],
  [' lead', "' lead'"],
  ['trail ', "'trail '"],
  ['a\tb', '"a\\tb"'],
  ['😀', '"\\U0001F600"'],
  ['é', 'é'],
  ['---', "'---'"],
  ['a\\b', 'a\\b'],
  ['@x', "'@x'"],
])('the text %j is written %s', (text, written) => {
  expect(toYaml({ key: text })).toBe(`key: ${written}\n`);
  // The reader takes 2026-13-02 for a date of 2027; go-yaml does not.
  if (text !== '2026-13-02') expect(parse(toYaml({ key: text }), { version: '1.1' })).toEqual({ key: text });
});

test.each([
  ['a\nb', 'key: |-\n  a\n  b\n'],
  ['a\nb\n', 'key: |\n  a\n  b\n'],
  ['a\n\n', 'key: |+\n  a\n\n'],
  ['  a\nb\n', 'key: |2\n    a\n  b\n'],
  ['a \nb', 'key: "a \\nb"\n'],
  ['a\r\nb', 'key: "a\\r\\nb"\n'],
])('lines: %j', (text, written) => {
  expect(toYaml({ key: text })).toBe(written);
  expect(parseDocument(toYaml({ key: text })).toJS()).toEqual({ key: text });
});

test('a long text is folded at the first blank after column 80', () => {
  const word = 'nine char';
  const text = Array.from({ length: 20 }, () => word).join(' ');
  const lines = toYaml({ key: text }).trimEnd().split('\n');
  expect(lines[0]!.length).toBeGreaterThan(80);
  expect(lines[0]!.lastIndexOf(' ')).toBeLessThanOrEqual(80);
  expect(lines.slice(1).every((line) => line.startsWith('  '))).toBe(true);
  expect(parse(toYaml({ key: text }))).toEqual({ key: text });
});

test('lists stand under their key, lists in lists on one line, empty ones in brackets', () => {
  expect(toYaml({ a: [{ b: 1, c: [] }, [1, [2]], {}], z: null })).toBe('a:\n- b: 1\n  c: []\n- - 1\n  - - 2\n- {}\nz: null\n');
});

test('keys are in natural order: digits by value, letters last', () => {
  expect(toYaml({ a10: 1, a2: 2, 'a-b': 3, ab: 4, B: 5, a: 6 })).toBe('B: 5\na: 6\na-b: 3\na2: 2\na10: 1\nab: 4\n');
});

test('a key of more than 128 bytes is written with a question mark', () => {
  const key = 'k'.repeat(129);
  expect(toYaml({ [key]: { a: 1 } })).toBe(`? ${key}\n: a: 1\n`);
});
