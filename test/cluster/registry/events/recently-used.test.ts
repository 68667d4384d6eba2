import { expect, test } from 'vitest';
import { RecentlyUsed } from '../../../../server/src/cluster/registry/events/recently-used.ts';

const counting = (size: number, shared?: ReadonlyMap<string, { count: number }>) =>
  new RecentlyUsed<{ count: number }>(size, ({ count }) => ({ count }), shared);

/** Counts a key once more, and gives back how often it was counted as far as is remembered. */
const count = (memory: RecentlyUsed<{ count: number }>, key: string) => ++memory.getOrAdd(key, () => ({ count: 0 })).count;

test('what was used recently is remembered, what was not is forgotten', () => {
  const memory = counting(3);
  count(memory, 'a');
  for (const key of ['b', 'c']) count(memory, key);
  expect(count(memory, 'a')).toBe(2);
  for (const key of ['d', 'e', 'f', 'g', 'h', 'i']) count(memory, key);
  expect(count(memory, 'a')).toBe(1);
});

test('a copy and its origin count on by themselves', () => {
  const memory = counting(4);
  for (const key of ['a', 'a', 'b', 'c', 'd', 'e']) count(memory, key);
  const copy = counting(4, memory.share());
  const second = counting(4, copy.share());
  expect([count(memory, 'a'), count(memory, 'a'), count(copy, 'a'), count(second, 'a'), count(second, 'e')]).toEqual([3, 4, 3, 3, 2]);
  expect(count(copy, 'e')).toBe(2);
  expect(count(memory, 'e')).toBe(2);
});
