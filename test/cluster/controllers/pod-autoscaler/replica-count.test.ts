// Numbers from TestReplicaCalcScaleUp… and their neighbours (replica_calculator_test.go) of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { replicasForAverage, replicasForUtilization, type CountInput } from '../../../../server/src/cluster/controllers/pod-autoscaler/replica-count.ts';
import type { Pod } from '../../../../server/src/schema/generated/types.ts';
import { formatTime } from '../../../../server/src/kube/time.ts';

const now = Date.UTC(2026, 0, 1, 1);
const minute = 60_000;

type State = 'ready' | 'unready' | 'pending' | 'failed' | 'leaving' | 'just ready';

interface Shape {
  readonly state?: State;
  /** In thousandths; absent: nobody has measured it. */
  readonly used?: number;
  readonly request?: string;
}

function pod(name: string, { state = 'ready', request = '1' }: Shape): Pod {
  const started = state === 'unready' || state === 'just ready' ? now - minute : now - 60 * minute;
  const changed = state === 'just ready' ? now - 5_000 : started;
  return {
    metadata: { name, namespace: 'default', ...(state === 'leaving' && { deletionTimestamp: formatTime(now) }) },
    spec: { containers: [{ name: 'main', resources: { requests: { cpu: request } } }] },
    status: {
      phase: state === 'pending' ? 'Pending' : state === 'failed' ? 'Failed' : 'Running',
      startTime: formatTime(started),
      conditions: [{ type: 'Ready', status: state === 'unready' ? 'False' : 'True', lastTransitionTime: formatTime(changed) }],
    },
  } as unknown as Pod;
}

function inputOf(shapes: readonly Shape[], resource = 'cpu', tolerance = 0.1): CountInput {
  const pods = shapes.map((shape, i) => pod(`pod-${i}`, shape));
  const metrics = new Map(shapes.flatMap(({ used }, i) => (used === undefined ? [] : [[`pod-${i}`, { value: used, at: now, windowMs: 15_000 }] as const])));
  return { pods, metrics, resource, container: undefined, tolerances: { up: tolerance, down: tolerance }, nowMs: now };
}

const used = (...values: readonly (number | undefined)[]): Shape[] => values.map((value) => (value === undefined ? {} : { used: value }));

describe('[HR1] replicas for a utilization', () => {
  const cases: [title: string, current: number, target: number, shapes: Shape[], replicas: number, utilization: number][] = [
    ['more load', 3, 30, used(300, 500, 700), 5, 50],
    ['less load', 5, 50, used(100, 300, 500, 250, 250), 3, 28],
    ['within the tolerance above', 3, 100, used(1010, 1030, 1020), 3, 102],
    ['within the tolerance below', 3, 100, used(950, 960, 940), 3, 95],
    ['one unready pod counts as idle', 3, 30, [{ state: 'unready', used: 300 }, { used: 500 }, { used: 700 }], 4, 60],
    ['a pod that is ready for less than a window is unready', 3, 30, [{ state: 'just ready', used: 300 }, { used: 500 }, { used: 700 }], 4, 60],
    ['a pending pod counts as idle', 3, 30, [{ state: 'pending' }, { used: 500 }, { used: 700 }], 4, 60],
    ['a failed and a leaving pod do not count', 2, 50, [{ used: 500 }, { used: 700 }, { state: 'failed', used: 900 }, { state: 'leaving', used: 900 }], 3, 60],
    ['unready pods do not count when it shrinks', 3, 50, [{ used: 400 }, { state: 'unready', used: 500 }, { state: 'unready', used: 700 }], 1, 40],
    ['unready pods do not turn growing into shrinking', 2, 30, [{ used: 390 }, { state: 'unready' as const, used: 500 }], 2, 39],
    ['a missing pod counts in full when shrinking', 3, 50, used(100, 450, undefined), 3, 27],
    ['a missing pod counts in full when shrinking, and it shrinks', 4, 80, used(100, 100, 100, undefined), 2, 10],
    ['a missing pod counts as idle when growing', 3, 50, used(800, 900, undefined), 4, 85],
    ['with a target above 100 % a missing pod counts as the target', 3, 200, used(500, 500, undefined), 2, 50],
  ];
  test.each(cases)('%s', (_, current, target, shapes, replicas, utilization) => {
    expect(replicasForUtilization(current, target, inputOf(shapes))).toMatchObject({ replicas, utilization });
  });

  test('the tolerance may be another, and another in each direction', () => {
    const of = (up: number, down: number, value: number) => replicasForUtilization(3, 100, { ...inputOf(used(value, value, value)), tolerances: { up, down } });
    expect(of(0.5, 0.1, 1_400)).toMatchObject({ replicas: 3 });
    expect(of(0.1, 0.5, 1_400)).toMatchObject({ replicas: 5 });
    expect(of(0.1, 0.5, 600)).toMatchObject({ replicas: 3 });
    expect(of(0.5, 0.1, 600)).toMatchObject({ replicas: 2 });
  });

  test('what is missing is named', () => {
    expect(replicasForUtilization(1, 50, inputOf([]))).toEqual({ error: 'no pods returned by selector while calculating replica count' });
    expect(replicasForUtilization(1, 50, inputOf([{ state: 'unready', used: 10 }]))).toEqual({
      error: 'did not receive metrics for targeted pods (pods might be unready)',
    });
    expect(replicasForUtilization(1, 50, inputOf(used(100), 'memory'))).toEqual({ error: 'missing request for memory in container main of Pod pod-0' });
    expect(replicasForUtilization(1, 50, { ...inputOf(used(100)), container: 'side' })).toEqual({ error: 'container side not found in Pod pod-0' });
    expect(replicasForUtilization(1, 50, inputOf([{ used: 5, request: '0' }]))).toEqual({ error: 'no metrics returned matched known pods' });
  });
});

describe('[HR2] replicas for an average', () => {
  const cases: [title: string, current: number, target: number, shapes: Shape[], replicas: number, average: number][] = [
    ['more load', 3, 15_000, used(20_000, 10_000, 30_000), 4, 20_000],
    ['less load', 5, 20_000, used(12_000, 12_000, 12_000, 12_000, 12_000), 3, 12_000],
    ['within the tolerance', 3, 20_000, used(20_500, 21_000, 20_100), 3, 20_533],
    ['a missing pod counts as the target when shrinking', 4, 20_000, used(10_000, 10_000, 10_000, undefined), 3, 10_000],
    ['a missing pod counts as idle when growing', 3, 15_000, used(30_000, 30_000, undefined), 4, 30_000],
  ];
  test.each(cases)('%s', (_, current, target, shapes, replicas, average) => {
    expect(replicasForAverage(current, target, inputOf(shapes, 'memory'))).toEqual({ replicas, average });
  });
});
