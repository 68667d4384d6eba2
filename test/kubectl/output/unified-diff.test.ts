import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../server/src/kubectl/output/unified-diff.ts';

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`).join('');

function hunks(before: string, after: string): string {
  return unifiedDiff({ name: 'a', text: before }, { name: 'b', text: after }, 0).split('\n').slice(3).join('\n');
}

test('the same says nothing; a new file is all plus', () => {
  expect(unifiedDiff({ name: 'a', text: 'x\n' }, { name: 'b', text: 'x\n' }, 0)).toBe('');
  expect(unifiedDiff({ name: 'a', text: '' }, { name: 'b', text: 'x\ny\n' }, 0)).toBe(
    'diff -u -N a b\n--- a\t1970-01-01 00:00:00.000000000 +0000\n+++ b\t1970-01-01 00:00:00.000000000 +0000\n@@ -0,0 +1,2 @@\n+x\n+y\n',
  );
});

test('three lines around a change; far changes have hunks of their own, near ones share one', () => {
  expect(hunks(lines(1, 20), lines(1, 20).replace('10\n', 'ten\n'))).toBe('@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n');
  expect(hunks(lines(1, 20), lines(1, 20).replace('5\n', 'five\n').replace('12\n', 'twelve\n'))).toContain('@@ -2,14 +2,14 @@');
  expect(hunks(lines(1, 30), lines(1, 30).replace('\n5\n', '\nfive\n').replace('\n20\n', '\ntwenty\n')).match(/^@@/gm)).toHaveLength(2);
});

test('a line more stands as far down as it can, as diff(1) has it', () => {
  expect(hunks('a\n  x\nb\n', 'a\n  x\n  x\nb\n')).toBe('@@ -1,3 +1,4 @@\n a\n   x\n+  x\n b\n');
});
