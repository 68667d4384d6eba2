// A file that is edited piece by piece is the file that is read whole.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManifestFile } from '../../server/src/manifest/manifest-file.ts';
import type { Position, TextChange } from '../../server/src/manifest/text.ts';
import { configMap, deployment, json, manifest } from './fixtures.ts';

/** Position of an offset, counted the slow way. */
function slowPosition(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function change(text: string, start: number, end: number, inserted: string): TextChange {
  return { range: { start: slowPosition(text, start), end: slowPosition(text, end) }, text: inserted };
}

/** Everything about a file that another room can see. */
function shown(file: ManifestFile): unknown {
  return file.documents.map(({ document, offset, line, character }) => ({
    text: document.text,
    offset,
    line,
    character,
    root: document.root,
    problems: document.problems,
  }));
}

const pieces = [
  '---',
  '...',
  '\n',
  '\n---\n',
  '\n...\n',
  '--- # c',
  '%YAML 1.1\n',
  '# c\n',
  '\r\n',
  '{',
  '}',
  '{}',
  '"',
  ' ',
  '  ',
  '- ',
  ': ',
  'a: 1\n',
  '|\n',
  '\uFEFF',
  '-',
  'x',
];
const texts = fc.oneof(
  fc.constant(manifest),
  fc.constant(json),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
);
const edits = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), fc.oneof(fc.constantFrom('', ...pieces), fc.string({ maxLength: 5 }))),
  { minLength: 1, maxLength: 8 },
);

describe('incremental', () => {
  test('[M30] equals a full read after any edits', () => {
    fc.assert(
      fc.property(texts, edits, (start, steps) => {
        let text = start;
        let file = ManifestFile.read(text);
        for (const [where, length, inserted] of steps) {
          const from = Math.floor(where * text.length);
          const to = Math.min(text.length, from + length);
          file = file.edit([change(text, from, to, inserted)]);
          text = text.slice(0, from) + inserted + text.slice(to);
          expect(file.text).toBe(text);
          expect(file.length).toBe(text.length);
          expect(shown(file)).toEqual(shown(ManifestFile.read(text)));
        }
      }),
      { numRuns: 800 },
    );
  });

  test('[M31] an edit keeps every other document, the very objects', () => {
    const before = ManifestFile.read(['a', 'b', 'c', 'd', 'e'].map((name) => deployment(name)).join('---\n'));
    const at = before.text.indexOf('replicas: 3', before.documents[2]?.offset);
    const after = before.edit([change(before.text, at + 10, at + 11, '44')]);
    expect(after.documents.map(({ document }, index) => document === before.documents[index]?.document)).toEqual([true, true, false, true, true]);
  });

  test('[M31] a new separator makes one document two and keeps the rest', () => {
    const before = ManifestFile.read(['a', 'b', 'c', 'd'].map((name) => configMap(name)).join('---\n'));
    const at = before.text.indexOf('\ndata:', before.documents[1]?.offset) + 1;
    const after = before.edit([change(before.text, at, at, '---\n')]);
    expect(after.documents).toHaveLength(5);
    expect([0, 3, 4].map((index) => after.documents[index]?.document)).toEqual([0, 2, 3].map((index) => before.documents[index]?.document));
  });

  test('[M31] reading the whole text again keeps what is the same', () => {
    const before = ManifestFile.read(manifest);
    const after = before.edit([{ text: manifest.replace('replicas: 3', 'replicas: 4') }]);
    expect(after.documents.map(({ document }, index) => document === before.documents[index]?.document)).toEqual([false, true, true, true]);
  });

  test('[M32] changes apply one after the other', () => {
    const file = ManifestFile.read('a: 1\n').edit([
      { range: { start: { line: 0, character: 3 }, end: { line: 0, character: 4 } }, text: '22' },
      { range: { start: { line: 0, character: 5 }, end: { line: 0, character: 5 } }, text: '3' },
    ]);
    expect(file.text).toBe('a: 223\n');
  });
});

describe('positions', () => {
  test('[M33] are those of the whole text', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.constant('{"a": 1}{"b": 2}\n{"c": 3} {"d": 4}')), (text) => {
        const file = ManifestFile.read(text);
        for (const placed of file.documents) {
          for (let offset = 0; offset < placed.document.text.length; offset += 7) {
            const position = slowPosition(text, placed.offset + offset);
            expect(file.positionIn(placed, offset)).toEqual(position);
            expect(file.offsetAt(position)).toBe(placed.offset + offset);
            expect(file.documentAt(position)).toBe(placed);
          }
        }
      }),
    );
  });

  test('[M33] beyond the end of a line or of the file mean that end', () => {
    const file = ManifestFile.read('a: 1\n---\nb: 2\n');
    expect(file.offsetAt({ line: 0, character: 99 })).toBe(4);
    expect(file.offsetAt({ line: 99, character: 0 })).toBe(14);
  });
});
