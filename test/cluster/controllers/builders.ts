// Objects for tests of plans: only what a plan reads.
import type { StringMap } from '../../../server/src/kube/object.ts';
import type {
  ContainerStatus,
  Deployment,
  DeploymentSpec,
  DeploymentStatus,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  ReplicaSetStatus,
} from '../../../server/src/schema/generated/types.ts';

export type Size = number | string;

export interface DeploymentShape {
  readonly name?: string;
  readonly replicas?: number;
  /** Absent: Recreate, unless there is an unavailability. */
  readonly surge?: Size;
  readonly unavailable?: Size;
  readonly image?: string;
  readonly annotations?: StringMap;
  readonly spec?: Partial<DeploymentSpec>;
  readonly status?: DeploymentStatus;
  readonly generation?: number;
  readonly deleted?: boolean;
}

export function deployment({
  name = 'web',
  replicas = 1,
  surge,
  unavailable,
  image = 'v2',
  annotations,
  spec,
  status = {},
  generation = 1,
  deleted,
}: DeploymentShape = {}): Deployment {
  const rolling = surge !== undefined || unavailable !== undefined;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '1',
      generation,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(annotations && { annotations }),
      ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      strategy: rolling
        ? {
            type: 'RollingUpdate',
            rollingUpdate: { ...(surge !== undefined && { maxSurge: surge }), ...(unavailable !== undefined && { maxUnavailable: unavailable }) },
          }
        : { type: 'Recreate' },
      template: template(image, { app: name }),
      ...spec,
    },
    status,
  };
}

export const template = (image: string, labels: StringMap): PodTemplateSpec => ({
  // A template's metadata has no name of its own.
  metadata: { labels } as PodTemplateSpec['metadata'],
  spec: { containers: [{ name: 'web', image, resources: {} }] },
});

export interface SetShape {
  readonly replicas?: number;
  readonly image?: string;
  readonly status?: Partial<ReplicaSetStatus>;
  readonly annotations?: StringMap;
  /** Seconds after the beginning. */
  readonly created?: number;
  readonly generation?: number;
  readonly minReadySeconds?: number;
  readonly labels?: StringMap;
  readonly owner?: string | null;
  readonly deleted?: boolean;
}

export function replicaSet(name: string, shape: SetShape = {}): ReplicaSet {
  const {
    replicas = 0,
    image = 'v1',
    status,
    annotations,
    created = 0,
    generation = 1,
    minReadySeconds,
    labels = { app: 'web' },
    owner = 'web',
    deleted,
  } = shape;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '1',
      generation,
      creationTimestamp: at(created),
      labels,
      ...(annotations && { annotations }),
      ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner, uid: owner, controller: true }] }),
      ...(deleted && { deletionTimestamp: at(0) }),
    },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: template(image, { ...labels, 'pod-template-hash': name }),
      ...(minReadySeconds && { minReadySeconds }),
    },
    status: { replicas: 0, observedGeneration: generation, ...status },
  };
}

/** `seconds` after 2026-01-01T00:00:00Z. */
export const at = (seconds: number): string => `${new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().slice(0, 19)}Z`;

/** The same as at(), in milliseconds since 1970. */
export const atMs = (seconds: number): number => Date.UTC(2026, 0, 1) + seconds * 1000;

export interface PodShape {
  readonly node?: string;
  readonly phase?: string;
  /** Seconds after the beginning; null: ready, but nobody knows since when. Absent: not ready. */
  readonly readySince?: number | null;
  readonly created?: number | null;
  readonly restarts?: number;
  readonly sidecarRestarts?: number;
  readonly annotations?: StringMap;
  readonly labels?: StringMap;
  readonly owner?: string;
  readonly deleted?: boolean;
  readonly namespace?: string;
}

export function pod(name: string, shape: PodShape = {}): Pod {
  const {
    node,
    phase = 'Running',
    readySince,
    created = 0,
    restarts = 0,
    sidecarRestarts = 0,
    annotations,
    labels = { app: 'web' },
    owner,
    deleted,
    namespace = 'default',
  } = shape;
  const ready = readySince !== undefined;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: name,
      resourceVersion: '1',
      creationTimestamp: created === null ? '' : at(created),
      labels,
      ...(annotations && { annotations }),
      ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true }] }),
      ...(deleted && { deletionTimestamp: at(0) }),
    },
    spec: {
      containers: [{ name: 'web', resources: {} }],
      initContainers: [{ name: 'sidecar', resources: {}, restartPolicy: 'Always' }],
      ...(node && { nodeName: node }),
    },
    status: {
      phase,
      ...(ready && {
        conditions: [{ type: 'Ready', status: 'True', ...(readySince !== null && { lastTransitionTime: at(readySince) }) }],
        containerStatuses: [containerStatus('web', restarts)],
        initContainerStatuses: [containerStatus('sidecar', sidecarRestarts)],
      }),
    },
  };
}

const containerStatus = (name: string, restartCount: number): ContainerStatus => ({
  name,
  restartCount,
  image: '',
  imageID: '',
  ready: true,
  state: {},
  lastState: {},
});
