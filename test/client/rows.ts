// Rows for tests: the facts that matter, the rest filled in.
import type { DeploymentRow, NodeRow, ObjectRow, PodRow, ReplicaSetRow, WorkloadRow } from '../../server/src/protocol/cluster-view.ts';
import { start } from './play-rollout.ts';

export const deploymentRow = (facts: Partial<DeploymentRow> = {}): DeploymentRow => {
  const name = facts.name ?? 'web';
  return {
    id: `apps/Deployment/default/${name}`,
    uid: name,
    type: 'deployment',
    namespace: 'default',
    name,
    createdAt: start,
    health: 'ready',
    desired: 3,
    ready: 3,
    updated: 3,
    paused: false,
    revision: 1,
    images: ['nginx:1.25'],
    ...facts,
  };
};

export const replicaSetRow = (name: string, facts: Partial<ReplicaSetRow> = {}): ReplicaSetRow => ({
  id: `apps/ReplicaSet/default/${name}`,
  uid: name,
  type: 'replicaSet',
  parent: 'apps/Deployment/default/web',
  namespace: 'default',
  name,
  createdAt: start,
  health: 'ready',
  desired: 3,
  ready: 3,
  revision: 1,
  current: true,
  hash: name.slice(name.lastIndexOf('-') + 1),
  images: ['nginx:1.25'],
  ...facts,
});

export const workloadRow = (facts: Partial<WorkloadRow> = {}): WorkloadRow => ({
  id: 'apps/StatefulSet/default/db',
  uid: 'db',
  type: 'workload',
  kind: 'StatefulSet',
  namespace: 'default',
  name: 'db',
  createdAt: start,
  health: 'ready',
  images: ['postgres:16'],
  ...facts,
});

export const podRow = (name: string, facts: Partial<PodRow> = {}): PodRow => ({
  id: `/Pod/default/${name}`,
  uid: name,
  type: 'pod',
  parent: `apps/ReplicaSet/default/${name.slice(0, name.lastIndexOf('-'))}`,
  namespace: 'default',
  name,
  createdAt: start,
  health: 'ready',
  status: 'Running',
  readyContainers: 1,
  containers: 1,
  restarts: 0,
  node: 'node-1',
  since: start,
  ...facts,
});

export const nodeRow = (name: string, facts: Partial<NodeRow> = {}): NodeRow => ({
  id: `/Node//${name}`,
  uid: name,
  type: 'node',
  name,
  createdAt: start,
  health: 'ready',
  unschedulable: false,
  pods: 0,
  cpuRequested: 0,
  memoryRequested: 0,
  ...facts,
});

export const objectRow = (kind: string, name: string, facts: Partial<ObjectRow> = {}): ObjectRow => ({
  id: `/${kind}/default/${name}`,
  uid: name,
  type: 'object',
  kind,
  namespace: 'default',
  name,
  createdAt: start,
  ...facts,
});
