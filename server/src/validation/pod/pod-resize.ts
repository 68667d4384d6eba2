// pods/resize: the cpu and memory of containers may change while they run (ValidatePodResize).
import { isEqual } from '../../kube/equal.ts';
import type { Container, Pod, ResourceRequirements } from '../../schema/generated/types.ts';
import type { FieldError } from '../../kube/field-error.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import { validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { mirrorAnnotation } from './claims.ts';
import { validateMetadataAndSpec } from './pod.ts';

type ResourceList = NonNullable<ResourceRequirements['limits']>;

const specPath = root('spec');

/** `qosClassOf`: of a spec. `next` differs from `before` in nothing but resources and resize policies. */
export function validatePodResize(next: Pod, before: Pod, qosClassOf: (spec: Pod['spec']) => string): readonly FieldError[] {
  if (before.metadata.annotations?.[mirrorAnnotation] !== undefined) return refusal('static pods cannot be resized');
  if (before.spec.os?.name === 'windows') return refusal('windows pods cannot be resized');
  return findings((errors) => {
    validateReplacedMeta(next, before, errors);
    validateMetadataAndSpec(next, errors);
    if ((before.status.qosClass ?? qosClassOf(before.spec)) !== qosClassOf(next.spec))
      errors.invalid(specPath, next.status.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing');
    if (!isSupported(before)) errors.forbidden(specPath, 'Pod running on node without support for resize');
    validateRemovals(next, before, errors);
    validateOthers(next, before, errors);
  });
}

const refusal = (detail: string): readonly FieldError[] => [{ type: 'FieldValueForbidden', path: '', detail }];

/** A kubelet that can resize tells the resources of what runs. */
const isSupported = ({ status }: Pod): boolean => {
  const running = status.containerStatuses?.find(({ state }) => state?.running);
  return !running || running.resources !== undefined;
};

const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always';

function validateRemovals(next: Pod, before: Pod, errors: FieldErrors): void {
  for (const list of ['initContainers', 'containers'] as const) {
    before.spec[list]?.forEach((container, i) => {
      const after = next.spec[list]?.[i];
      if (!after || (list === 'initContainers' && !isSidecar(container))) return;
      const at = specPath.child(list).index(i).child('resources');
      for (const [part, what] of [
        ['requests', 'resource requests'],
        ['limits', 'resource limits'],
      ] as const) {
        if (isRemoved(after.resources?.[part], container.resources?.[part])) errors.forbidden(at.child(part), `${what} cannot be removed`);
      }
    });
  }
}

const isRemoved = (next: ResourceList = {}, before: ResourceList = {}): boolean => Object.keys(before).some((name) => next[name] === undefined);

/** Apart from cpu and memory nothing may differ. */
function validateOthers(next: Pod, before: Pod, errors: FieldErrors): void {
  next.spec.containers.forEach((container, i) => {
    const old = before.spec.containers[i];
    if (!old || !isEqual(withOld(container, old), old)) errors.forbidden(specPath, 'only cpu and memory resources are mutable');
  });
  next.spec.initContainers?.forEach((container, i) => {
    const old = before.spec.initContainers?.[i];
    if (!old) return;
    if (!isSidecar(container)) {
      if (!isEqual(container, old)) errors.forbidden(specPath, 'resources for non-sidecar init containers are immutable');
    } else if (!isEqual(withOld(container, old), old)) errors.forbidden(specPath, 'only cpu and memory resources for sidecar containers are mutable');
  });
}

/** The container with the cpu and memory that it had. A list that was not there before leaves nothing to compare. */
function withOld(container: Container, old: Container): Container {
  const { resources: _, ...rest } = container;
  const resources: { -readonly [K in keyof ResourceRequirements]: ResourceRequirements[K] } = { ...old.resources };
  for (const part of ['requests', 'limits'] as const) {
    const before = old.resources?.[part];
    if (before) resources[part] = { ...withoutCompute(container.resources?.[part]), ...compute(before) };
  }
  return old.resources === undefined ? (rest as Container) : { ...rest, resources };
}

function withoutCompute({ cpu: _1, memory: _2, ...others }: ResourceList = {}): ResourceList {
  return others as ResourceList;
}

const compute = (list: ResourceList): ResourceList => Object.fromEntries(Object.entries(list).filter(([name]) => name === 'cpu' || name === 'memory'));
