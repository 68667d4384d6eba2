import { expect, test } from 'vitest';
import { difference } from '../../server/src/cli/play/difference.ts';

test.each<[string, string, string]>([
  ['a\nb', 'a\nb', '  a\n  b'],
  ['a\nb\nc', 'a\nc', '  a\n- b\n  c'],
  ['a\nc', 'a\nb\nc', '  a\n+ b\n  c'],
  ['a\nold\nz', 'a\nnew\nz', '  a\n- old\n+ new\n  z'],
  // The longest common sequence stays: b, c.
  ['b\nc\na', 'a\nb\nc', '+ a\n  b\n  c\n- a'],
  ['', 'x', '- \n+ x'],
])('%j and %j', (wanted, got, lines) => {
  expect(difference(wanted, got)).toBe(lines);
});
