// Whatever happens to a manifest, reading it returns.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../server/src/manifest/limits.ts';
import type { ManifestDocument } from '../../server/src/manifest/manifest-document.ts';
import { ManifestFile } from '../../server/src/manifest/manifest-file.ts';
import type { Span } from '../../server/src/manifest/text.ts';
import type { Node } from '../../server/src/manifest/tree.ts';
import { dereference, find, pathAt, spanOf } from '../../server/src/manifest/tree.ts';
import { damage, damages, shards } from './damage.ts';
import { json, manifest } from './fixtures.ts';

/** The promises of a tree: places within the text and within their parents, values that agree, plain JSON. */
function checkDocument({ root, text, value, problems }: ManifestDocument): void {
  for (const { span } of problems) checkSpan(span, 0, text.length);
  if (!root) return;
  checkNode(root, 0, text.length);
  JSON.stringify(value);
  for (let offset = 0; offset <= text.length; offset += 11) {
    const { path } = pathAt(root, offset);
    checkSpan(spanOf(root, [...path, 'not there'], text), 0, text.length);
  }
}

function checkNode(node: Node, from: number, to: number): void {
  checkSpan(node, from, to);
  if (node.is === 'list') {
    node.items.forEach((item, index) => {
      if (node.value[index] !== item.value) throw new Error(`item ${index} has another value than its list`);
      checkNode(item, node.start, node.end);
    });
  } else if (node.is === 'map') {
    for (const pair of node.pairs) {
      checkSpan(pair.keySpan, pair.start, pair.end);
      checkNode(pair.node, pair.start, pair.end);
      if (!pair.merge && dereference(find(node, [pair.key]).node).value !== node.value[pair.key]) throw new Error(`${pair.key} has another value than its map`);
    }
  }
}

function checkSpan({ start, end }: Span, from: number, to: number): void {
  if (!(from <= start && start <= end && end <= to)) throw new Error(`${start}-${end} is outside of ${from}-${to}`);
}

test('[M40] thousands of damaged manifests are read', () => {
  fc.assert(
    fc.property(fc.constantFrom(manifest, json), damages, (text, steps) => {
      for (const { document } of ManifestFile.read(damage(text, steps)).documents) checkDocument(document);
    }),
    { numRuns: 4_000 },
  );
}, 120_000);

test('[M40] so is text without any sense', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...shards, 'a', ' ', '  '), { maxLength: 60 }), (parts) => {
      for (const { document } of ManifestFile.read(parts.join('')).documents) checkDocument(document);
    }),
    { numRuns: 3_000 },
  );
}, 120_000);

/** Reads a text in a moment (seconds on a busy machine, where a hang would be minutes) and tells what was said of it. */
function checkQuick(text: string): string[] {
  const started = performance.now();
  const file = ManifestFile.read(text);
  const said = [...file.problems, ...file.documents.flatMap(({ document }) => document.problems)];
  expect(performance.now() - started).toBeLessThan(15_000);
  return said.map(({ message, advice }) => `${message} ${advice}`);
}

test('[M41] a file of 50 MB is refused at once, with the limit', () => {
  expect(checkQuick('a: 1\n'.repeat(10_000_000))).toEqual([
    'This file has 48,829 KB; Drydock reads files of up to 10,240 KB. Split the file, or raise the limit of 10,240 KB (drydock.limits.fileSize).',
  ]);
});

test('[M41] so is one edit that makes it too long, and it comes back when that is undone', () => {
  const file = ManifestFile.read('a: 1\n');
  const end = { line: 1, character: 0 };
  const long = file.edit([{ range: { start: end, end }, text: '# x\n'.repeat(4_000_000) }]);
  expect(long.problems).toHaveLength(1);
  expect(long.documents).toEqual([]);
  const again = long.edit([{ range: { start: end, end: { line: 4_000_001, character: 0 } }, text: '' }]);
  expect(again.problems).toEqual([]);
  expect(again.documents[0]?.document.value).toEqual({ a: 1 });
});

test('[M41] too many documents are refused', () => {
  expect(checkQuick('---\na: 1\n'.repeat(20_001))).toEqual(['This file has 20,001 documents; Drydock reads files of up to 20,000. Split the file.']);
});

test('[M42] a YAML bomb is one problem at the alias that goes too far', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
  ].join('\n');
  const [document] = ManifestFile.read(bomb).documents;
  const [problem, ...others] = document?.document.problems ?? [];
  expect(others).toEqual([]);
  expect(problem?.message).toBe('With this alias, the aliases of the document stand for more than 10,000 values.');
  expect(problem?.advice).toContain('drydock.limits.aliases');
  expect(bomb.slice(problem?.span.start, problem?.span.end)).toBe('*c');
});

test.each([
  ['brackets', '['.repeat(2_000_000)],
  ['braces', 'a: '.concat('{a: '.repeat(1_000_000))],
  ['dashes', '- '.repeat(1_000_000)],
  ['question marks', '? '.repeat(1_000_000)],
  ['indentation', Array.from({ length: 2_000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
])('[M43] too deep: %s', (_name, text) => {
  expect(checkQuick(text)).toEqual(['Here the document is nested deeper than 100 levels. Make it flatter.']);
});

test('[M43] a hundred levels are not too deep', () => {
  const { depth } = defaultLimits;
  expect(checkQuick('['.repeat(depth) + ']'.repeat(depth))).toEqual([]);
  expect(checkQuick(Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}a:`).join('\n'))).toEqual([]);
});

test.each([
  ['an open quote', `a: "${'x\n'.repeat(1_000_000)}`],
  ['a long line', 'x'.repeat(4_000_000)],
  ['one long word list', 'x '.repeat(1_000_000)],
  ['many keys', Array.from({ length: 90_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ['many damaged lines', '  - a\n b\n'.repeat(8_000)],
  ['many line ends', '\n'.repeat(2_000_000)],
  ['many tags', '!a '.repeat(30_000)],
  ['many anchors', '&a '.repeat(30_000)],
])('[M44] soon done: %s', (_name, text) => {
  expect(checkQuick(text).length).toBeLessThanOrEqual(defaultLimits.problems);
});
