import { expect, test } from 'vitest';
import { Random } from '../../../server/src/cluster/clock/random.ts';

const draws = (random: Random) => [random.int(1_000), random.suffix(), random.uuid(), random.suffix(3)];

test('the same seed draws the same, another seed draws others', () => {
  expect(draws(new Random(5))).toEqual(draws(new Random(5)));
  expect(draws(new Random(5))).not.toEqual(draws(new Random(6)));
});

test('a copy goes on where its origin is, and both go on by themselves', () => {
  const random = new Random(5);
  draws(random);
  const copy = new Random(random.snapshot());
  expect(draws(copy)).toEqual(draws(random));
  random.int(2);
  expect(draws(copy)).not.toEqual(draws(random));
});

test('suffixes are of the letters that Kubernetes uses', () => {
  const random = new Random(1);
  for (let i = 0; i < 200; i++) expect(random.suffix()).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test('uuids are of version 4 and variant 1, and differ', () => {
  const random = new Random(1);
  const uuids = Array.from({ length: 2_000 }, () => random.uuid());
  for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(uuids).size).toBe(2_000);
  // Every position takes on many values: nothing is cut off.
  for (const position of [0, 7, 9, 15, 20, 21, 24, 35]) expect(new Set(uuids.map((uuid) => uuid[position])).size).toBe(16);
});

test('whole numbers are below their bound and reach both ends', () => {
  const random = new Random(2);
  const seen = new Set(Array.from({ length: 500 }, () => random.int(7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
