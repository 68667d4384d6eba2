// Defaults of spec.resources of a pod, from what its containers ask for; only where it says something itself.
import { formatQuantity } from '../../kube/quantity.ts';
import type { PodSpec } from '../../schema/generated/types.ts';
import { aggregate } from '../pod/aggregate.ts';
import type { ResourceList } from '../pod/resources.ts';
import { isHugePages } from '../pod/resources.ts';

/** What can be said of a whole pod. */
const isSupported = (name: string) => name === 'cpu' || name === 'memory' || isHugePages(name);

/** `spec` is that of a pod whose containers have their requests. */
export function withPodResources(spec: PodSpec): PodSpec {
  const { resources } = spec;
  const limits = { ...resources?.limits } as Record<string, string>;
  const requests = { ...resources?.requests } as Record<string, string>;
  if (!resources || Object.keys({ ...limits, ...requests }).length === 0) return spec;
  addMissing(limits, hugePageLimits(spec, requests));
  if (Object.keys(limits).length > 0) addMissing(requests, { ...limits, ...sharedRequests(spec) });
  const filled = { ...resources, ...(Object.keys(limits).length > 0 && { limits }), ...(Object.keys(requests).length > 0 && { requests }) };
  return { ...spec, resources: filled };
}

function addMissing(list: Record<string, string>, more: ResourceList): void {
  for (const [name, amount] of Object.entries(more)) if (isSupported(name)) list[name] ??= amount;
}

/** Huge pages cannot be shared, so the pod's limit is the sum of its containers'. */
function hugePageLimits(spec: PodSpec, requests: ResourceList): ResourceList {
  const sums = [...aggregate(spec, 'limits')].filter(([name]) => isHugePages(name) && requests[name] === undefined);
  return Object.fromEntries(sums.map(([name, sum]) => [name, formatQuantity(sum)]));
}

function sharedRequests(spec: PodSpec): ResourceList {
  const sums = [...aggregate(spec, 'requests')].filter(([name]) => !isHugePages(name));
  return Object.fromEntries(sums.map(([name, sum]) => [name, formatQuantity(sum)]));
}
