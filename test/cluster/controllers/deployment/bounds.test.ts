// Numbers from TestResolveFenceposts, TestMaxUnavailable, TestMinAvailable and TestNewRSNewReplicas of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { boundsOf, newSetSize } from '../../../../server/src/cluster/controllers/deployment/bounds.ts';
import { deployment, type Size } from '../builders.ts';

describe('[DB1] surge rounds up, unavailability rounds down, and both cannot be 0', () => {
  const cases: [surge: Size | undefined, unavailable: Size | undefined, desired: number, maxSurge: number, maxUnavailable: number][] = [
    ['39%', '39%', 10, 4, 3],
    [undefined, '39%', 10, 0, 3],
    ['39%', undefined, 10, 4, 0],
    ['0%', '0%', 10, 0, 1],
    ['25%', '25%', 10, 3, 2],
    ['25%', '25%', 3, 1, 0],
    ['25%', '25%', 1, 1, 0],
    ['0%', '1%', 2, 0, 1],
    ['0%', '1%', 1, 0, 1],
    ['1%', '25%', 2, 1, 0],
    ['1%', '0%', 2, 1, 0],
    ['100%', 0, 2, 2, 0],
  ];
  test.each(cases)('surge %s, unavailable %s of %i: %i and %i', (surge, unavailable, desired, maxSurge, maxUnavailable) => {
    expect(boundsOf(deployment({ replicas: desired, ...(surge !== undefined && { surge }), ...(unavailable !== undefined && { unavailable }) }))).toEqual({
      desired,
      maxSurge,
      maxUnavailable,
      atMost: desired + maxSurge,
      atLeast: desired - maxUnavailable,
    });
  });

  const capped: [desired: number, unavailable: Size, maxUnavailable: number][] = [
    [10, 5, 5],
    [10, 10, 10],
    [5, 10, 5],
    [0, 10, 0],
    [10, '50%', 5],
    [10, '60%', 6],
    [10, '100%', 10],
    [5, '100%', 5],
  ];
  test.each(capped)('%i desired, surge 1, unavailable %s: %i', (replicas, unavailable, maxUnavailable) => {
    expect(boundsOf(deployment({ replicas, surge: 1, unavailable }))).toMatchObject({ maxUnavailable, atLeast: replicas - maxUnavailable });
  });

  test('both 0 of nothing: there is nothing that could be missing', () => {
    expect(boundsOf(deployment({ replicas: 0, surge: '0%', unavailable: '0%' }))).toMatchObject({ maxSurge: 0, maxUnavailable: 0 });
  });

  test('Recreate has no room in either direction', () => {
    expect(boundsOf(deployment({ replicas: 3 }))).toEqual({ desired: 3, maxSurge: 0, maxUnavailable: 0, atMost: 3, atLeast: 3 });
  });
});

describe('[DB2] the size that the new ReplicaSet may have', () => {
  const cases: [title: string, desired: number, surge: number, size: number, total: number, expected: number][] = [
    ['the others already fill it', 1, 1, 5, 5, 5],
    ['up to desired, not to the surge', 6, 10, 2, 5, 6],
    ['from nothing, as far as the surge goes', 10, 3, 0, 10, 3],
    ['two more after two old ones went', 10, 3, 3, 11, 5],
    ['no more than desired', 10, 3, 9, 10, 10],
    ['one below the limit', 10, 3, 3, 12, 4],
    ['at the limit', 10, 3, 3, 13, 3],
    ['above the limit', 10, 3, 3, 14, 3],
  ];
  test.each(cases)('%s', (_, replicas, surge, size, total, expected) => {
    expect(newSetSize(deployment({ replicas, surge, unavailable: 1 }), size, total)).toBe(expected);
  });

  test('Recreate: desired, whatever there is', () => {
    expect(newSetSize(deployment({ replicas: 3 }), 1, 5)).toBe(3);
  });
});
