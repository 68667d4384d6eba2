// Priority: turns a pod's class into its number, and the default class or 0 when it names none.
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import type { Pod, PodSpec, PriorityClass } from '../../../schema/generated/types.ts';
import { forbidden } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { isNewPod, type Admit, type AdmissionRequest, type Check } from './request.ts';

const classes = 'priorityclasses.scheduling.k8s.io';

export const admitPriority: Admit = (context, request) => {
  const { operation, strategy, object, before, write } = request;
  if (isNewPod(request)) return withPriority(context, request);
  const isUpdate = operation === 'UPDATE' && strategy.resource === 'pods' && write.subresource === undefined;
  return isUpdate ? keptPriority(object as Pod, before as Pod) : object;
};

function withPriority({ store }: RegistryContext, { strategy: { info }, object }: AdmissionRequest): KubeObject | Status {
  const pod = object as Pod;
  const { priorityClassName, priority, preemptionPolicy } = pod.spec;
  const found = priorityClassName
    ? store.get<PriorityClass>(classes, undefined, priorityClassName)
    : defaultClass(store.collection(classes) as ReadonlyMap<string, PriorityClass>);
  if (priorityClassName && !found) return forbidden(info, pod.metadata.name, `no PriorityClass with name ${priorityClassName} was found`);
  const value = found?.value ?? 0;
  const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
  const mustNot = (what: string, computed: string | number) =>
    forbidden(
      info,
      pod.metadata.name,
      `${what} must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`,
    );
  if (priority !== undefined && priority !== value) return mustNot(`the integer value of priority (${priority})`, value);
  if (preemptionPolicy !== undefined && preemptionPolicy !== policy) return mustNot(`the string value of PreemptionPolicy (${preemptionPolicy})`, policy);
  const admitted: Pod = { ...pod, spec: { ...pod.spec, ...(found && { priorityClassName: found.metadata.name }), priority: value, preemptionPolicy: policy } };
  return admitted;
}

/** An update that leaves out what was computed keeps it. */
function keptPriority(pod: Pod, { spec: { priority, preemptionPolicy } }: Pod): Pod {
  const kept: Partial<PodSpec> = {
    ...(pod.spec.priority === undefined && priority !== undefined && { priority }),
    ...(pod.spec.preemptionPolicy === undefined && preemptionPolicy !== undefined && { preemptionPolicy }),
  };
  return Object.keys(kept).length === 0 ? pod : { ...pod, spec: { ...pod.spec, ...kept } };
}

/** There is one default class at most. */
export const checkDefaultPriority: Check = ({ store }, { operation, strategy: { info, resource }, object, write }) => {
  if (resource !== classes || operation === 'DELETE' || write.subresource !== undefined || !(object as PriorityClass).globalDefault) return undefined;
  const present = defaultClass(store.collection(classes) as ReadonlyMap<string, PriorityClass>);
  if (!present || (operation === 'UPDATE' && present.metadata.name === object.metadata.name)) return undefined;
  return forbidden(info, object.metadata.name, `PriorityClass ${present.metadata.name} is already marked as default. Only one default can exist`);
};

/** Of several global defaults the lowest counts. */
function defaultClass(all: ReadonlyMap<string, PriorityClass>): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const one of all.values()) if (one.globalDefault && (!lowest || (one.value ?? 0) < (lowest.value ?? 0))) lowest = one;
  return lowest;
}
