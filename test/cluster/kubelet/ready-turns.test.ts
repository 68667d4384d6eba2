import { expect, test } from 'vitest';
import { ReadyTurns } from '../../../server/src/cluster/kubelet/ready-turns.ts';

/** Pods that could all be ready at `at`: when they are. */
function readyAt(turns: ReadyTurns, count: number, at: number, apartMs = 0): readonly number[] {
  return Array.from({ length: count }, () => {
    const turn = Math.max(at, turns.next('owner', apartMs));
    turns.give('owner', apartMs, turn, 0);
    return turn;
  });
}

test('as far apart as declared', () => expect(readyAt(new ReadyTurns(), 4, 1_000, 500)).toEqual([1_000, 1_500, 2_000, 2_500]));

test('a millisecond apart where nothing is declared', () => expect(readyAt(new ReadyTurns(), 4, 1_000)).toEqual([1_000, 1_001, 1_002, 1_003]));

test('twenty in a row, then from the beginning: ten thousand pods do not take ten seconds longer', () => {
  const times = readyAt(new ReadyTurns(), 10_000, 1_000);
  expect(Math.max(...times)).toBe(1_020);
  expect(new Set(times).size).toBe(21);
});

test('who comes late does not wait', () => {
  const turns = new ReadyTurns();
  readyAt(turns, 3, 1_000);
  expect(readyAt(turns, 1, 5_000)).toEqual([5_000]);
});

test('owners do not wait for each other, and a copy goes its own way', () => {
  const turns = new ReadyTurns();
  readyAt(turns, 2, 1_000, 500);
  expect(turns.next('another', 500)).toBe(0);
  const copy = new ReadyTurns(turns.turns);
  readyAt(turns, 2, 1_000, 500);
  expect([copy.next('owner', 500), turns.next('owner', 500)]).toEqual([2_000, 3_000]);
});

test('owners that nobody waits for are forgotten', () => {
  const turns = new ReadyTurns();
  for (let i = 0; i < 5_000; i++) turns.give(`owner-${i}`, 0, i, i);
  expect(turns.turns.size).toBeLessThan(1_001);
});
