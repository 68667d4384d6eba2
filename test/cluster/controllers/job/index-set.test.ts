import { describe, expect, test } from 'vitest';
import {
  countOf,
  firstMissing,
  formatIndexes,
  hasIndex,
  indexSet,
  overlapOf,
  parseIndexes,
  union,
} from '../../../../server/src/cluster/controllers/job/index-set.ts';

describe('[JI1] indexes in text, from indexed_job_utils_test.go of Kubernetes', () => {
  const cases: [text: string, completions: number, formatted: string, count: number][] = [
    ['', 5, '', 0],
    ['0', 5, '0', 1],
    ['0,1', 5, '0,1', 2],
    ['0-2', 5, '0-2', 3],
    ['0,1,2', 5, '0-2', 3],
    ['0-2,5', 8, '0-2,5', 4],
    ['1-3,5-9', 7, '1-3,5,6', 5],
    ['5,7-9', 5, '', 0],
    ['1,x,3', 5, '1,3', 2],
  ];
  test.each(cases)('%s of %i', (text, completions, formatted, count) => {
    const set = parseIndexes(text, completions);
    expect([formatIndexes(set), countOf(set)]).toEqual([formatted, count]);
  });
});

test('[JI2] sets keep their order and close their gaps', () => {
  expect(formatIndexes(indexSet([7, 1, 0, 2, 1, 9]))).toBe('0-2,7,9');
  expect(formatIndexes(union(parseIndexes('0-3,8', 20), parseIndexes('4,6-9', 20)))).toBe('0-4,6-9');
  expect(overlapOf(parseIndexes('0-4,7-9', 20), parseIndexes('3-8', 20))).toBe(4);
  const set = parseIndexes('1-3,6', 10);
  expect(Array.from({ length: 8 }, (_, i) => hasIndex(set, i))).toEqual([false, true, true, true, false, false, true, false]);
});

test('[JI3] the first that are missing', () => {
  const missing = (text: string, count: number, completions: number) => firstMissing(parseIndexes(text, completions), count, completions).join();
  expect(missing('', 3, 5)).toBe('0,1,2');
  expect(missing('0,2-3', 3, 8)).toBe('1,4,5');
  expect(missing('0-4', 3, 5)).toBe('');
  expect(missing('1', 9, 4)).toBe('0,2,3');
});
