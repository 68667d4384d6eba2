// Not of Kubernetes: a cluster inside an editor holds no more pods than its owner allows, whatever a manifest asks for.
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import { forbidden } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';

export function admitPodLimit({ store, podLimit }: RegistryContext, { info, resource }: Strategy, object: KubeObject): KubeObject | Status {
  if (resource !== 'pods' || store.collection('pods').size < podLimit) return object;
  return forbidden(info, object.metadata.name, `this cluster holds ${podLimit} pods at most; ask for fewer replicas, or raise the limit (drydock.limits.pods)`);
}
