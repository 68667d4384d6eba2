// One APIService a group and version, all served by the server itself.
import { kinds } from '../../schema/kinds.ts';
import type { StartupObject } from './startup-object.ts';

/** Priority of the group, and of a version in it (kubernetes/cmd/kube-apiserver/app/aggregator.go). */
const priorities: Readonly<Record<string, readonly [group: number, version: number]>> = {
  '/v1': [18000, 1],
  'admissionregistration.k8s.io/v1': [16700, 15],
  'apiextensions.k8s.io/v1': [16700, 15],
  'apps/v1': [17800, 15],
  'authentication.k8s.io/v1': [17700, 15],
  'authorization.k8s.io/v1': [17600, 15],
  'autoscaling/v1': [17500, 15],
  'autoscaling/v2': [17500, 30],
  'batch/v1': [17400, 15],
  'certificates.k8s.io/v1': [17300, 15],
  'coordination.k8s.io/v1': [16500, 15],
  'discovery.k8s.io/v1': [16200, 15],
  'events.k8s.io/v1': [17750, 15],
  'flowcontrol.apiserver.k8s.io/v1': [16100, 21],
  'networking.k8s.io/v1': [17200, 15],
  'node.k8s.io/v1': [16300, 15],
  'policy/v1': [17100, 15],
  'rbac.authorization.k8s.io/v1': [17000, 15],
  'resource.k8s.io/v1': [16200, 21],
  'scheduling.k8s.io/v1': [16600, 15],
  'storage.k8s.io/v1': [16800, 15],
};

/** The aggregator is not its own client. */
const own = 'apiregistration.k8s.io';

export function apiServiceObjects(lastTransitionTime: string): readonly StartupObject[] {
  const served = new Set(kinds.filter(({ group }) => group !== own).map(({ group, version }) => `${group}/${version}`));
  const message = 'Local APIServices are always available';
  const status = { conditions: [{ type: 'Available', status: 'True', lastTransitionTime, reason: 'Local', message }] };
  return [...served].sort().map((groupVersion) => {
    const [group = '', version = ''] = groupVersion.split('/');
    const [groupPriorityMinimum, versionPriority] = priorities[groupVersion] ?? [1000, 15];
    const spec = { ...(group !== '' && { group }), groupPriorityMinimum, version, versionPriority };
    const metadata = { name: `${version}.${group}`, labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } };
    return { resource: `apiservices.${own}`, draft: { kind: 'APIService', apiVersion: `${own}/v1`, metadata, spec, status } };
  });
}
