import { expect, test } from 'vitest';
import { removedVersions } from '../../server/src/language/removed-versions.ts';
import { kindOf } from '../../server/src/schema/kinds.ts';

const rows = removedVersions.flatMap(({ apiVersion, kinds, now }) => kinds.map((kind) => ({ apiVersion, kind, now })));

test('what is called removed is not served', () => {
  expect(rows.filter(({ apiVersion, kind }) => kindOf(apiVersion, kind))).toEqual([]);
});

test('where it is said to be now, it is served', () => {
  expect(rows.filter(({ kind, now }) => now !== undefined && !kindOf(now, kind))).toEqual([]);
});

test('each is there once', () => {
  const names = rows.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
