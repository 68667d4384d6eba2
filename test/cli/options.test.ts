import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOptions, wholeNumber } from '../../server/src/cli/options.ts';
import { readText } from '../../server/src/cli/read-text.ts';
import { folderWith } from './command-line.ts';

test('flags and arguments in any order', () => {
  const { values, positionals } = readOptions(['a', '--seed=3', '--json', 'b', '--with', 'x', '--with', 'y'], {
    seed: { type: 'string' },
    json: { type: 'boolean' },
    with: { type: 'string', multiple: true },
  });
  expect({ ...values }).toEqual({ seed: '3', json: true, with: ['x', 'y'] });
  expect(positionals).toEqual(['a', 'b']);
});

test.each<[string[], string]>([
  [['--sed', '3'], "Unknown option '--sed'"],
  [['--seed'], "Option '--seed <value>' argument missing"],
  [['--json=yes'], "Option '--json' does not take an argument"],
])('%j is a mistake', (args, message) => {
  expect(() => readOptions(args, { seed: { type: 'string' }, json: { type: 'boolean' } })).toThrow(message);
});

test('whole numbers have bounds', () => {
  expect(wholeNumber(undefined, 'nodes', 3, 1, 10)).toBe(3);
  expect(wholeNumber('10', 'nodes', 3, 1, 10)).toBe(10);
  for (const text of ['0', '11', '-1', '1.5', '1e1', 'x', '', ' 2'])
    expect(() => wholeNumber(text, 'nodes', 3, 1, 10), text).toThrow(`--nodes takes a whole number from 1 to 10, not "${text}"`);
});

test('files that cannot be read are named', () => {
  const folder = folderWith({ 'a.yaml': 'a: 1' });
  mkdirSync(join(folder, 'sub'));
  expect(readText(join(folder, 'a.yaml'))).toBe('a: 1');
  expect(() => readText(join(folder, 'b.yaml'))).toThrow(`${join(folder, 'b.yaml')}: there is no such file`);
  expect(() => readText(join(folder, 'sub'))).toThrow(`${join(folder, 'sub')} is a folder; name the files in it`);
});
