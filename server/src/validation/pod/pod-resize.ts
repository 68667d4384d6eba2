// pods/resize: the cpu and memory of containers, and of the pod as a whole, may change while they run.
// Source: ValidatePodResize and its neighbours (pkg/apis/core/validation/validation.go).
import { isEqual } from '../../kube/equal.ts';
import type { FieldError } from '../../kube/field-error.ts';
import type { Writable } from '../../kube/writable.ts';
import type { Container, Pod, PodSpec, ResourceRequirements } from '../../schema/generated/types.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import { validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { mirrorAnnotation } from './claims.ts';
import { validateMetadataAndSpec } from './pod.ts';

type ResourceList = NonNullable<ResourceRequirements['limits']>;
type List = 'containers' | 'initContainers';

const specPath = root('spec');
const onlyCompute = 'only cpu and memory resources are mutable';

/** `qosClassOf`: of a spec. `next` differs from `before` in nothing but resources, resize policies and which containers there are. */
export function validatePodResize(next: Pod, before: Pod, qosClassOf: (spec: PodSpec) => string): readonly FieldError[] {
  if (before.metadata.annotations?.[mirrorAnnotation] !== undefined) return refusal('', 'static pods cannot be resized');
  if (before.spec.os?.name === 'windows') return refusal('', 'windows pods cannot be resized');
  const errors = findings((errors) => {
    validateReplacedMeta(next, before, errors);
    validateMetadataAndSpec(next, errors);
    if ((before.status.qosClass ?? qosClassOf(before.spec)) !== qosClassOf(next.spec))
      errors.invalid(specPath, next.status.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing');
    if (!isSupported(before)) errors.forbidden(specPath, 'Pod running on node without support for resize');
    if (hasResources(next.spec) || hasResources(before.spec)) validatePodLevel(next.spec.resources, before.spec.resources, errors);
    if (before.status.nodeAllocatableResourceClaimStatuses?.length) errors.forbidden(specPath, 'pods with node allocatable resource claims cannot be resized');
    if (isReordered(next.spec, before.spec, errors)) return;
    validateRemovals(next.spec, before.spec, errors);
    validateOthers(next.spec, before.spec, errors);
  });
  if (errors.length > 0) return errors;
  return isEqual(masked(next.spec, before.spec), before.spec) ? [] : refusal('spec', onlyCompute);
}

const refusal = (path: string, detail: string): readonly FieldError[] => [{ type: 'FieldValueForbidden', path, detail }];

/** A kubelet that can resize tells the resources of what runs. */
const isSupported = ({ status }: Pod): boolean => {
  const running = status.containerStatuses?.find(({ state }) => state?.running);
  return !running || running.resources !== undefined;
};

const hasResources = ({ resources = {} }: PodSpec): boolean => countOf(resources.requests) + countOf(resources.limits) > 0;

const countOf = (list: ResourceList = {}): number => Object.keys(list).length;

function validatePodLevel(next: ResourceRequirements | undefined, before: ResourceRequirements | undefined, errors: FieldErrors): void {
  const at = specPath.child('resources');
  if (before && !next) return errors.forbidden(at, 'pod-level resources cannot be removed');
  if (isRemoved(next?.requests, before?.requests)) errors.forbidden(at.child('requests'), 'pod-level resource requests cannot be removed');
  if (isRemoved(next?.limits, before?.limits)) errors.forbidden(at.child('limits'), 'pod-level resource limits cannot be removed');
  if (!isEqual(maskedPodLevel(next, before), before)) errors.forbidden(specPath, 'only cpu and memory resources are mutable at pod-level');
}

/** Whether containers came, went or changed places, which is told. */
function isReordered(next: PodSpec, before: PodSpec, errors: FieldErrors): boolean {
  let found = false;
  const refuse = (at: typeof specPath, text: string) => {
    errors.forbidden(at, text);
    found = true;
  };
  for (const list of ['containers', 'initContainers'] as const) {
    const [is, was] = [next[list] ?? [], before[list] ?? []];
    if (is.length !== was.length) refuse(specPath.child(list), `${list} may not be added or removed on resize`);
    else
      was.forEach(({ name }, i) => {
        if (is[i]!.name !== name) refuse(specPath.child(list).index(i).child('name'), `${list} may not be renamed or reordered on resize`);
      });
  }
  return found;
}

function validateRemovals(next: PodSpec, before: PodSpec, errors: FieldErrors): void {
  for (const list of ['initContainers', 'containers'] as const) {
    before[list]?.forEach(({ resources }, i) => {
      const after = next[list]![i]!.resources;
      const at = specPath.child(list).index(i).child('resources');
      if (isRemoved(after?.requests, resources?.requests)) errors.forbidden(at.child('requests'), 'resource requests cannot be removed');
      if (isRemoved(after?.limits, resources?.limits)) errors.forbidden(at.child('limits'), 'resource limits cannot be removed');
    });
  }
}

const isRemoved = (next: ResourceList = {}, before: ResourceList = {}): boolean => Object.keys(before).some((name) => next[name] === undefined);

/** Apart from cpu and memory nothing may differ. */
function validateOthers(next: PodSpec, before: PodSpec, errors: FieldErrors): void {
  next.containers.forEach((container, i) => {
    const old = before.containers[i]!;
    if (!isEqual(maskedContainer(container, old), old)) errors.forbidden(specPath, onlyCompute);
  });
  next.initContainers?.forEach((container, i) => {
    const old = before.initContainers![i]!;
    const at = specPath.child('initContainers').index(i);
    const { restartPolicy, resizePolicy = [] } = container;
    if (!isEqual(maskedContainer(container, old), old)) errors.forbidden(at, 'only cpu and memory resources for init or sidecar containers are mutable');
    if (restartPolicy === 'Always' || isEqual(container, old)) return;
    for (const policy of resizePolicy)
      if (policy.restartPolicy === 'RestartContainer')
        errors.forbidden(at, 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized');
  });
}

/** The spec with the cpu and memory that it had. */
function masked(next: PodSpec, before: PodSpec): PodSpec {
  const of = (list: List) => next[list]?.map((container, i) => maskedContainer(container, before[list]![i]!));
  const { resources: given, ...rest } = next;
  const resources = hasResources(next) || hasResources(before) ? maskedPodLevel(given, before.resources) : given;
  const initContainers = of('initContainers');
  return { ...rest, containers: of('containers')!, ...(initContainers && { initContainers }), ...(resources && { resources }) };
}

function maskedContainer(container: Container, { resources: before }: Container): Container {
  const resources: Writable<ResourceRequirements> = {};
  maskLists(resources, container.resources, before);
  return { ...container, resources };
}

function maskedPodLevel(next: ResourceRequirements | undefined, before: ResourceRequirements | undefined): ResourceRequirements | undefined {
  if (!next) return undefined;
  const { limits: _1, requests: _2, ...resources }: Writable<ResourceRequirements> = next;
  maskLists(resources, next, before);
  return !before && Object.keys(resources).length === 0 ? undefined : resources;
}

function maskLists(into: Writable<ResourceRequirements>, next: ResourceRequirements = {}, before: ResourceRequirements = {}): void {
  for (const part of ['limits', 'requests'] as const) {
    const list = { ...withoutCompute(next[part]), ...compute(before[part]) };
    if (countOf(list) > 0) into[part] = list;
  }
}

function withoutCompute({ cpu: _1, memory: _2, ...rest }: ResourceList = {}): ResourceList {
  return rest;
}

const compute = ({ cpu, memory }: ResourceList = {}): ResourceList => ({ ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) });
