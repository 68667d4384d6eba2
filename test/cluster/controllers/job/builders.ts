// Jobs and their pods for tests of plans: only what a plan reads.
import { noBackOff } from '../../../../server/src/cluster/controllers/job/back-off.ts';
import type { BackOff } from '../../../../server/src/cluster/controllers/job/back-off.ts';
import { planJob, type JobPlan } from '../../../../server/src/cluster/controllers/job/plan.ts';
import type { Job, JobSpec, JobStatus, Pod } from '../../../../server/src/schema/generated/types.ts';
import { at, atMs } from '../builders.ts';

export function job(spec: Partial<JobSpec> = {}, status: JobStatus = {}, deleted = false): Job {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'work',
      namespace: 'default',
      uid: 'work',
      resourceVersion: '1',
      creationTimestamp: at(0),
      ...(deleted && { deletionTimestamp: at(0) }),
    },
    spec: {
      parallelism: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      template: { metadata: {} as never, spec: { restartPolicy: 'Never', containers: [{ name: 'main', resources: {} }] } },
      ...spec,
    },
    status,
  };
}

export interface JobPodShape {
  readonly phase?: string;
  readonly index?: number;
  /** Failures of its index before it. */
  readonly failures?: number;
  readonly ready?: boolean;
  /** Seconds after the beginning. */
  readonly endedAt?: number;
  readonly exitCode?: number;
  readonly restarts?: number;
  readonly deleted?: boolean;
  readonly node?: string;
  readonly tracked?: boolean;
}

export function jobPod(name: string, shape: JobPodShape = {}): Pod {
  const { phase = 'Running', index, failures, ready = false, endedAt = 0, exitCode, restarts = 0, deleted, node = 'node-1', tracked = true } = shape;
  const terminated = { exitCode: exitCode ?? (phase === 'Failed' ? 1 : 0), startedAt: at(0), finishedAt: at(endedAt) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: at(0),
      ...(tracked && { finalizers: ['batch.kubernetes.io/job-tracking'] }),
      ...(index !== undefined && {
        annotations: {
          'batch.kubernetes.io/job-completion-index': String(index),
          ...(failures !== undefined && { 'batch.kubernetes.io/job-index-failure-count': String(failures) }),
        },
      }),
      ...(deleted && { deletionTimestamp: at(0), deletionGracePeriodSeconds: 0 }),
    },
    spec: { containers: [{ name: 'main', resources: {} }], ...(node && { nodeName: node }) },
    status: {
      phase,
      ...(ready && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at(0) }] }),
      containerStatuses: [
        {
          name: 'main',
          image: '',
          imageID: '',
          ready,
          restartCount: restarts,
          lastState: {},
          state: phase === 'Succeeded' || phase === 'Failed' ? { terminated } : {},
        },
      ],
    },
  };
}

export const pods = (count: number, shape: JobPodShape, prefix: string = shape.phase ?? 'Running'): readonly Pod[] =>
  Array.from({ length: count }, (_, i) => jobPod(`${prefix}-${i}`, shape));

/** The plan for these, so many seconds after the beginning. */
export function planAt(seconds: number, object: Job, all: readonly Pod[], backOff: BackOff = noBackOff): JobPlan {
  const plan = planJob({ job: object, pods: all, adopt: [], release: [], backOff, latest: (pod) => pod }, atMs(seconds));
  if ('claims' in plan) throw new Error('claims');
  return plan;
}

/** 'FailureTarget BackoffLimitExceeded', in the order of the status. */
export const conditionsOf = ({ conditions = [] }: JobStatus): readonly string[] => conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
