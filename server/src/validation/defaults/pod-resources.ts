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
  const before = { limits: (resources?.limits ?? {}) as ResourceList, requests: (resources?.requests ?? {}) as ResourceList };
  if (!resources || Object.keys({ ...before.limits, ...before.requests }).length === 0) return spec;
  const limits = withMissing(before.limits, hugePageLimits(spec, before.requests));
  const hasLimits = Object.keys(limits).length > 0;
  const requests = hasLimits ? withMissing(before.requests, { ...limits, ...sharedRequests(spec) }) : before.requests;
  if (limits === before.limits && requests === before.requests) return spec;
  return { ...spec, resources: { ...resources, ...(hasLimits && { limits }), requests } };
}

/** `list` itself when it has all that can be said of a pod. */
function withMissing(list: ResourceList, more: ResourceList): ResourceList {
  const missing = Object.entries(more).filter(([name]) => list[name] === undefined && isSupported(name));
  return missing.length > 0 ? { ...list, ...Object.fromEntries(missing) } : list;
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
