// RuntimeClass: the class that a pod names must be there; its overhead and its nodes become the pod's.
import type { KubeObject } from '../../../kube/object.ts';
import { compareQuantities, quantityOf } from '../../../kube/quantity.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Pod, PodSpec, RuntimeClass } from '../../../schema/generated/types.ts';
import { forbidden, unaskedName, unexpected } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { mergeTolerations } from './merge-tolerations.ts';
import { isNewPod, type Admit, type AdmissionRequest, type Check } from './request.ts';

type Amounts = Readonly<Record<string, string | number>>;

export const admitRuntimeClass: Admit = (context, request) => {
  const pod = request.object as Pod;
  if (!isNewPod(request) || pod.spec.runtimeClassName === undefined) return pod;
  const found = classOf(context, request);
  if (!found || isStatus(found)) return found ?? pod;
  const overhead = found.overhead?.podFixed;
  if (found.overhead && pod.spec.overhead && !sameAmounts(overhead, pod.spec.overhead)) return otherOverhead(request);
  const conflicting = Object.entries(found.scheduling?.nodeSelector ?? {}).find(([key, value]) => (pod.spec.nodeSelector?.[key] ?? value) !== value);
  if (conflicting) {
    const [key, value] = conflicting;
    const why = `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${pod.spec.nodeSelector![key]}`;
    return forbidden(request.strategy.info, pod.metadata.name, why);
  }
  const admitted: Pod = { ...pod, spec: { ...scheduledBy(found, pod.spec), ...(overhead && { overhead }) } };
  return admitted;
};

/** An overhead is nothing that a pod could have by itself. */
export const checkOverhead: Check = (context, request) => {
  if (!isNewPod(request)) return undefined;
  const { overhead, runtimeClassName } = (request.object as Pod).spec;
  if (overhead === undefined && runtimeClassName === undefined) return undefined;
  const found = classOf(context, request);
  if (found && isStatus(found)) return found;
  if (found?.overhead) return sameAmounts(found.overhead.podFixed, overhead) ? undefined : otherOverhead(request);
  return overhead === undefined ? undefined : rejected(request, 'Pod Overhead set without corresponding RuntimeClass defined Overhead');
};

const rejected = ({ strategy: { info }, object }: AdmissionRequest, why: string) => forbidden(info, object.metadata.name, `pod rejected: ${why}`);

const otherOverhead = (request: AdmissionRequest) => rejected(request, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");

function classOf({ store }: RegistryContext, request: AdmissionRequest): (RuntimeClass & KubeObject) | Status | undefined {
  const name = (request.object as Pod).spec.runtimeClassName;
  if (name === undefined) return undefined;
  const problem = unaskedName(name);
  if (problem !== undefined) return unexpected(problem);
  return store.get<RuntimeClass>('runtimeclasses.node.k8s.io', undefined, name) ?? rejected(request, `RuntimeClass "${name}" not found`);
}

function sameAmounts(a: Amounts = {}, b: Amounts = {}): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => b[name] !== undefined && compareQuantities(quantityOf(a[name]!), quantityOf(b[name])) === 0)
  );
}

function scheduledBy({ scheduling }: RuntimeClass, spec: PodSpec): PodSpec {
  if (!scheduling) return spec;
  const tolerations = mergeTolerations(spec.tolerations ?? [], scheduling.tolerations ?? []);
  return {
    ...spec,
    ...(scheduling.nodeSelector && { nodeSelector: { ...scheduling.nodeSelector, ...spec.nodeSelector } }),
    ...(tolerations.length > 0 && { tolerations }),
  };
}
