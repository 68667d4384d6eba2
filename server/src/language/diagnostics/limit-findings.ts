// What is more than the cluster holds.
import { grouped } from '../../manifest/limits.ts';
import type { Finding } from '../diagnostic.ts';
import type { ObjectView } from './document-view.ts';

const scalable = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']);

/** A count of replicas beyond the limit of pods. */
export function limitFindings(view: ObjectView, pods: number): readonly Finding[] {
  const path = ['spec', 'replicas'];
  const replicas = scalable.has(view.object.kind ?? '') ? view.nodeAt(path)?.value : undefined;
  if (typeof replicas !== 'number' || replicas <= pods) return [];
  const limit = grouped(pods);
  return [
    {
      span: view.spanOf(path),
      severity: 'error',
      code: 'limit',
      message: `${grouped(replicas)} replicas are more than the ${limit} pods that the cluster holds.`,
      explanation: `Ask for fewer, or raise the limit of ${limit} pods (drydock.limits.pods).`,
    },
  ];
}
