// RuntimeClass: the class that a pod names must be there; its overhead and its nodes become the pod's.
import { isEqual } from '../../../kube/equal.ts';
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import type { Pod, PodSpec, RuntimeClass } from '../../../schema/generated/types.ts';
import { forbidden } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';

export function admitRuntimeClass({ store }: RegistryContext, { info, resource }: Strategy, object: KubeObject): KubeObject | Status {
  const { spec } = object as Pod;
  if (resource !== 'pods' || !spec.runtimeClassName) return object;
  const rejected = (why: string) => forbidden(info, object.metadata.name, `pod rejected: ${why}`);
  const found = store.get<RuntimeClass>('runtimeclasses.node.k8s.io', undefined, spec.runtimeClassName);
  if (!found) return rejected(`RuntimeClass "${spec.runtimeClassName}" not found`);
  const overhead = found.overhead?.podFixed;
  if (spec.overhead && !isEqual(spec.overhead, overhead)) return rejected("Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  const conflicting = Object.entries(found.scheduling?.nodeSelector ?? {}).find(([key, value]) => (spec.nodeSelector?.[key] ?? value) !== value);
  if (conflicting) {
    const [key, value] = conflicting;
    return rejected(`conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${spec.nodeSelector![key]}`);
  }
  const admitted: Pod = { ...(object as Pod), spec: { ...scheduledBy(found, spec), ...(overhead && { overhead }) } };
  return admitted;
}

function scheduledBy({ scheduling }: RuntimeClass, spec: PodSpec): PodSpec {
  if (!scheduling) return spec;
  const given = spec.tolerations ?? [];
  const added = (scheduling.tolerations ?? []).filter((toleration) => !given.some((one) => isEqual(one, toleration)));
  return {
    ...spec,
    ...(scheduling.nodeSelector && { nodeSelector: { ...scheduling.nodeSelector, ...spec.nodeSelector } }),
    ...(added.length > 0 && { tolerations: [...given, ...added] }),
  };
}
