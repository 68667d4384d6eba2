// LimitRanger, the first half: containers that do not say what they want get it from the LimitRanges of their namespace.
import type { Container, LimitRange, Pod } from '../../../../schema/generated/types.ts';
import { limitRangesByNamespace } from '../../../store/indexes.ts';
import { isNewPod, type Admit } from '../request.ts';

type Texts = Readonly<Record<string, string | number>>;

const annotation = 'kubernetes.io/limit-ranger';

export const admitLimitDefaults: Admit = ({ store }, request) => {
  const { object } = request;
  if (!isNewPod(request)) return object;
  const ranges = store.indexed(limitRangesByNamespace, object.metadata.namespace ?? '').objects;
  let pod = object as Pod;
  for (const range of ranges.values()) pod = withDefaults(pod, range as LimitRange);
  return pod;
};

/** An annotation tells what was set: `LimitRanger plugin set: cpu, memory request for container web; cpu limit for container web`. */
function withDefaults(pod: Pod, range: LimitRange): Pod {
  const ofContainers = (range.spec.limits ?? []).filter(({ type }) => type === 'Container');
  const requests: Texts = Object.assign({}, ...ofContainers.map(({ defaultRequest }) => defaultRequest));
  const limits: Texts = Object.assign({}, ...ofContainers.map((limit) => limit.default));
  const told: string[] = [];
  const filled = (what: string) => (container: Container) => fill(container, what, requests, limits, told);
  // Validation, which would ask for some, comes later.
  const containers = ((pod.spec.containers ?? []) as readonly Container[]).map(filled('container'));
  const initContainers = pod.spec.initContainers?.map(filled('init container'));
  if (told.length === 0) return pod;
  const annotations = { ...pod.metadata.annotations, [annotation]: `LimitRanger plugin set: ${told.join('; ')}` };
  return { ...pod, metadata: { ...pod.metadata, annotations }, spec: { ...pod.spec, containers, ...(initContainers && { initContainers }) } };
}

function fill(container: Container, what: string, requests: Texts, limits: Texts, told: string[]): Container {
  const { resources = {} } = container;
  const [newRequests, newLimits] = [missing(resources.requests, requests), missing(resources.limits, limits)];
  if (newRequests.length === 0 && newLimits.length === 0) return container;
  if (newRequests.length > 0) told.push(`${newRequests.join(', ')} request for ${what} ${container.name}`);
  if (newLimits.length > 0) told.push(`${newLimits.join(', ')} limit for ${what} ${container.name}`);
  const allRequests = merged(resources.requests, requests);
  const allLimits = merged(resources.limits, limits);
  return { ...container, resources: { ...resources, ...(allLimits && { limits: allLimits }), ...(allRequests && { requests: allRequests }) } };
}

const missing = (present: Texts = {}, wanted: Texts): readonly string[] =>
  Object.keys(wanted)
    .filter((name) => present[name] === undefined)
    .sort();

/** In the order of names, as the server writes maps. */
function merged(present: Texts = {}, wanted: Texts): Texts | undefined {
  const entries = Object.entries({ ...wanted, ...present }).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
