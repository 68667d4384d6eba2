// The order in which kustomize hands objects out: what others need comes first.
import type { KubeObject } from '../../kube/object.ts';

const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

const rank = ({ kind }: KubeObject) => (first.includes(kind) ? first.indexOf(kind) - first.length : last.indexOf(kind) + 1);

const keyOf = ({ apiVersion, kind, metadata }: KubeObject) => `${apiVersion}_${kind}|${metadata.namespace ?? '~X'}|${metadata.name}`;

export const inOrder = (objects: readonly KubeObject[]): readonly KubeObject[] =>
  objects.toSorted((a, b) => rank(a) - rank(b) || (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
