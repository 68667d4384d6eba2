// How many pods the controllers of a budget's pods are meant to have: what a percentage of a budget is a percentage of.
import { controllerOf, groupOf, type KubeObject, type OwnerReference } from '../../../kube/object.ts';
import { resourceKey } from '../../../kube/resource.ts';
import { kindOf } from '../../../schema/kinds.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { BudgetedPods } from './budgeted-pods.ts';

type Scaled = KubeObject & { readonly spec: { readonly replicas?: number } };

/** The sum over all controllers, each once; the Deployment stands for its ReplicaSets. */
export function expectedScale({ controllers }: BudgetedPods, namespace: string, reader: Reader): { readonly scale: number } | { readonly error: string } {
  const scales = new Map<string, number>();
  for (const { reference, podName } of controllers.values()) {
    const found = scaledBy(reference, namespace, reader);
    if (typeof found === 'string') return { error: found };
    if (!found) return { error: `found no controllers for pod "${podName}"` };
    scales.set(found.metadata.uid, found.spec.replicas ?? (found.kind === 'ReplicationController' || isOfApps(found) ? 1 : 0));
  }
  return { scale: [...scales.values()].reduce((sum, one) => sum + one, 0) };
}

const isOfApps = ({ apiVersion }: KubeObject) => groupOf(apiVersion) === 'apps';

/** The object with the scale, or why there is none; undefined: the controller is not there. */
function scaledBy({ apiVersion, kind, name, uid }: OwnerReference, namespace: string, reader: Reader): Scaled | string | undefined {
  const info = kindOf(apiVersion, kind);
  if (!info?.resource) return `no matches for kind "${kind}" in version "${apiVersion}"`;
  if (!info.subresources.some((one) => one.name === 'scale')) return `${resourceKey(info)} does not implement the scale subresource`;
  const object = reader.get<Scaled>(resourceKey(info), namespace, name);
  if (object?.metadata.uid !== uid) return undefined;
  const owner = controllerOf(object);
  const isOfDeployment = kind === 'ReplicaSet' && owner?.kind === 'Deployment';
  return isOfDeployment ? (scaledBy(owner, namespace, reader) ?? object) : object;
}
