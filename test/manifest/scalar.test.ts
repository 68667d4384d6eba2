// What plain scalars become, against go-yaml v2 as kubectl uses it.
import { expect, test } from 'vitest';
import { defaultLimits } from '../../server/src/manifest/limits.ts';
import { ManifestDocument } from '../../server/src/manifest/manifest-document.ts';
import { resolvePlain } from '../../server/src/manifest/scalar.ts';

test.each([
  ['y', true],
  ['Yes', true],
  ['ON', true],
  ['true', true],
  ['n', false],
  ['no', false],
  ['Off', false],
  ['FALSE', false],
  ['yEs', 'yEs'],
  ['tRUE', 'tRUE'],
  ['', null],
  ['~', null],
  ['NULL', null],
  ['nULL', 'nULL'],
])('[M1] word %j → %j', (text, value) => expect(resolvePlain(text)).toBe(value));

test.each([
  ['3', 3],
  ['-1', -1],
  ['+1', 1],
  ['-0', 0],
  ['0644', 420],
  ['0o644', 420],
  ['-010', -8],
  ['08', 8],
  ['0x1F', 31],
  ['-0x1f', -31],
  ['0b101', 5],
  ['1_000', 1000],
  ['0_7', 7],
  ['_1', '_1'],
  ['1.', 1],
  ['1.50', 1.5],
  ['.5', 0.5],
  ['+.5', 0.5],
  ['-.5e1', -5],
  ['12e03', 12000],
  ['1e3', 1000],
  ['1e999', '1e999'],
  ['.e5', '.e5'],
  ['0x', '0x'],
  ['-', '-'],
  ['1:30', '1:30'],
  ['100m', '100m'],
  ['1Gi', '1Gi'],
  ['1.2.3', '1.2.3'],
  ['2001-12-14', '2001-12-14'],
  ['2001-12-14T21:59:43Z', '2001-12-14T21:59:43Z'],
  ['2147483648', 2147483648],
  ['100000000000000000000', 1e20],
])('[M2] number or text %j → %j', (text, value) => expect(resolvePlain(text)).toBe(value));

test.each([
  ['a: "3"', { a: '3' }],
  ["a: '0644'", { a: '0644' }],
  // kubectl's reader ends every line with \n, the last one too, and drops \r.
  ['a: |\n  yes', { a: 'yes\n' }],
  ['a: |\r\n  yes\r\n  no\r\nb: "x\r\n  y"\r\n', { a: 'yes\nno\n', b: 'x y' }],
  ['a: !!str 3', { a: '3' }],
  ['a: !!int "3"', { a: 3 }],
  ['a: !!float 3', { a: 3 }],
  ['a: !!bool yes', { a: true }],
  ['a: !mine yes', { a: 'yes' }],
  ['1: x', { '1': 'x' }],
  ['on: x', { true: 'x' }],
  ['0x10: x', { '16': 'x' }],
  ['1.50: x', { '1.5': 'x' }],
  ['"on": x', { on: 'x' }],
  ['a: &a {p: 1, q: 1}\nb: &b {q: 2, r: 2}\nc: {<<: [*a, *b], r: 3}', { a: { p: 1, q: 1 }, b: { q: 2, r: 2 }, c: { p: 1, q: 1, r: 3 } }],
])('[M3] document %j', (text, value) => {
  const { root, problems } = new ManifestDocument(text, defaultLimits);
  expect(problems).toEqual([]);
  expect(root?.value).toEqual(value);
});
