// What pods count for a quota: themselves, and what they request and may use at most (pkg/quota/v1/evaluator/core/pods.go).
import { addQuantities, type Quantity } from '../../../../kube/quantity.ts';
import { parseTime } from '../../../../kube/time.ts';
import type { Container, Pod, PodAffinityTerm, PodSpec } from '../../../../schema/generated/types.ts';
import { aggregate } from '../../../../validation/pod/aggregate.ts';
import { qosClassOf } from '../../kinds/qos-class.ts';
import { isFinished } from '../../../store/pod-facts.ts';
import { amountsOf, one, sumOf, type Amounts } from './amounts.ts';
import type { Evaluator } from './evaluator.ts';
import { selects } from './scope-selector.ts';

const requestPrefix = 'requests.';
const compute = ['cpu', 'memory', 'ephemeral-storage'];
const counted = new Set(['count/pods', 'pods', ...compute.flatMap((name) => [name, `requests.${name}`, `limits.${name}`])]);
/** A quota of these makes every container say how much it wants: a mistake of old that nobody may repeat with other resources. */
const toBeSpecified = new Set(['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory']);

const always: Amounts = new Map([['count/pods', one]]);

export const podEvaluator: Evaluator = {
  handles({ operation, object, before, write }) {
    if (write.subresource === 'resize') return operation === 'UPDATE';
    if (write.subresource !== undefined) return false;
    return operation === 'CREATE' || (operation === 'UPDATE' && isTerminating(object as Pod) !== isTerminating(before as Pod));
  },
  counts: (name) => counted.has(name) || name.startsWith('hugepages-') || name.startsWith('requests.hugepages-') || isExtendedRequest(name),
  isWithin(scope, object) {
    const pod = object as Pod;
    switch (scope.scopeName) {
      case 'Terminating':
        return isTerminating(pod);
      case 'NotTerminating':
        return !isTerminating(pod);
      case 'BestEffort':
        return qosClassOf(pod.spec) === 'BestEffort';
      case 'NotBestEffort':
        return qosClassOf(pod.spec) !== 'BestEffort';
      case 'PriorityClass':
        return selects(scope, pod.spec.priorityClassName || undefined);
      case 'CrossNamespacePodAffinity':
        return looksElsewhere(pod.spec);
      default:
        return false;
    }
  },
  missing: (names, object) => missingIn((object as Pod).spec, names),
  mayChange(before, after) {
    const [was, is] = [before as Pod, after as Pod];
    return was.spec !== is.spec || isFinished(was) !== isFinished(is) || was.metadata.deletionTimestamp !== is.metadata.deletionTimestamp;
  },
  usage: (object, nowMs) => (isCharged(object as Pod, nowMs) ? sumOf(always, namedUsage(podAmounts((object as Pod).spec))) : always),
};

/** Ends by itself, after a time that it names. */
export const isTerminating = ({ spec }: Pod): boolean => (spec.activeDeadlineSeconds ?? -1) >= 0;

/** Finished pods use nothing, nor do those that should have stopped long ago, on a node that was lost. */
export function isCharged(pod: Pod, nowMs: number): boolean {
  if (isFinished(pod)) return false;
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return true;
  return nowMs <= parseTime(deletionTimestamp)! + deletionGracePeriodSeconds * 1000;
}

interface Resources {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** Under the names of quotas: cpu is requests.cpu too, and requests of anything but cpu, memory and storage are counted as requests only. */
function namedUsage({ requests, limits }: Resources): Amounts {
  const usage = new Map<string, Quantity>([['pods', one]]);
  for (const [name, amount] of requests) {
    if (compute.includes(name) || name.startsWith('hugepages-')) usage.set(name, amount);
    if (compute.includes(name) || name.startsWith('hugepages-') || isExtended(name)) usage.set(requestPrefix + name, amount);
  }
  for (const [name, amount] of limits) if (compute.includes(name)) usage.set(`limits.${name}`, amount);
  return usage;
}

const isOfPods = (name: string) => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');

/** What the pod has as a whole goes before the sum of its containers, and overhead comes on top. */
function podAmounts(spec: PodSpec): Resources {
  const requests = new Map(aggregate(spec, 'requests'));
  const limits = new Map(aggregate(spec, 'limits'));
  for (const [name, amount] of amountsOf(spec.resources?.requests)) if (isOfPods(name)) requests.set(name, amount);
  for (const [name, amount] of amountsOf(spec.resources?.limits)) if (isOfPods(name)) limits.set(name, amount);
  for (const [name, amount] of amountsOf(spec.overhead)) {
    const request = requests.get(name);
    requests.set(name, request ? addQuantities(request, amount) : amount);
    const limit = limits.get(name);
    if (limit && limit.unscaled !== 0n) limits.set(name, addQuantities(limit, amount));
  }
  return { requests, limits };
}

const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');
const isExtended = (name: string) => (!isNative(name) && !name.startsWith(requestPrefix)) || name.startsWith('deviceclass.resource.kubernetes.io/');
const isExtendedRequest = (name: string) =>
  name.startsWith(requestPrefix) && (!isNative(name) || name.startsWith('requests.deviceclass.resource.kubernetes.io/'));

/** `must specify limits.cpu for: a,b; requests.cpu for: a` */
function missingIn(spec: PodSpec, names: readonly string[]): string | undefined {
  const asWhole = { ...spec.resources?.requests, ...spec.resources?.limits };
  if (Object.keys(asWhole).some(isOfPods)) return undefined;
  const required = names.filter((name) => toBeSpecified.has(name)).sort();
  const silent = required.flatMap((name) => {
    const containers = [...spec.containers, ...(spec.initContainers ?? [])].filter((container) => !specifies(container, name));
    return containers.length === 0 ? [] : [`${name} for: ${[...new Set(containers.map((container) => container.name))].sort().join(',')}`];
  });
  return silent.length === 0 ? undefined : `must specify ${silent.join('; ')}`;
}

const specifies = ({ resources }: Container, name: string) =>
  namedUsage({ requests: amountsOf(resources?.requests), limits: amountsOf(resources?.limits) }).has(name);

/** Wants to be with, or away from, pods of other namespaces. */
function looksElsewhere({ affinity }: PodSpec): boolean {
  const terms: readonly PodAffinityTerm[] = [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((one) => [
    ...(one?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(one?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
  return terms.some(({ namespaces, namespaceSelector }) => (namespaces?.length ?? 0) > 0 || namespaceSelector !== undefined);
}
