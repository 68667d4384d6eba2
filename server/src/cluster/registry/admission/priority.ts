// Priority: turns a pod's class into its number, and the default class or 0 when it names none.
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import type { Pod, PriorityClass } from '../../../schema/generated/types.ts';
import { forbidden } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';

const classes = 'priorityclasses.scheduling.k8s.io';

export function admitPriority({ store }: RegistryContext, { info, resource }: Strategy, object: KubeObject): KubeObject | Status {
  if (resource !== 'pods') return object;
  const pod = object as Pod;
  const { priorityClassName, priority, preemptionPolicy } = pod.spec;
  const found = priorityClassName
    ? store.get<PriorityClass>(classes, undefined, priorityClassName)
    : defaultClass(store.collection(classes) as ReadonlyMap<string, PriorityClass>);
  if (priorityClassName && !found) return forbidden(info, pod.metadata.name, `no PriorityClass with name ${priorityClassName} was found`);
  const value = found?.value ?? 0;
  const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
  if (priority !== undefined && priority !== value) {
    return forbidden(
      info,
      pod.metadata.name,
      `the integer value of priority (${priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    );
  }
  if (preemptionPolicy !== undefined && preemptionPolicy !== policy) {
    return forbidden(
      info,
      pod.metadata.name,
      `the string value of PreemptionPolicy (${preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
    );
  }
  const admitted: Pod = { ...pod, spec: { ...pod.spec, ...(found && { priorityClassName: found.metadata.name }), priority: value, preemptionPolicy: policy } };
  return admitted;
}

/** Of several global defaults the lowest counts. */
function defaultClass(all: ReadonlyMap<string, PriorityClass>): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const one of all.values()) if (one.globalDefault && (!lowest || (one.value ?? 0) < (lowest.value ?? 0))) lowest = one;
  return lowest;
}
