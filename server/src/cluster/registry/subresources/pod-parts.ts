// pods/ephemeralcontainers and pods/resize: writes of one part of a pod's spec, each with its own rules. All else stays as it was.
import type { KubeObject } from '../../../kube/object.ts';
import type { Container, Pod } from '../../../schema/generated/types.ts';
import { validateEphemeralUpdate } from '../../../validation/pod/pod-ephemeral.ts';
import { validatePodResize } from '../../../validation/pod/pod-resize.ts';
import { qosClassOf } from '../kinds/qos-class.ts';
import type { Strategy } from '../strategy.ts';
import { handleGet } from '../verbs/get.ts';
import type { VerbHandler } from '../verbs/handler.ts';
import { patchPart } from '../verbs/patch.ts';
import { replacePart } from '../verbs/update.ts';

interface PodPart {
  prepare(next: Pod, before: Pod): Pod['spec'];
  validate: Strategy['rules']['validateUpdate'];
}

const ephemeralContainers: PodPart = {
  prepare({ spec: { ephemeralContainers: next } }, { spec }) {
    const { ephemeralContainers: _, ...rest } = spec;
    return { ...rest, ...(next?.length && { ephemeralContainers: next }) };
  },
  validate: (next, before) => validateEphemeralUpdate(next as Pod, before as Pod),
};

const resize: PodPart = {
  prepare({ spec: next }, { spec: before }) {
    // Containers that come or go are for validation to refuse.
    const isSameNumber = (list: 'containers' | 'initContainers') => (next[list] ?? []).length === (before[list] ?? []).length;
    if (!isSameNumber('containers') || !isSameNumber('initContainers')) return next;
    const { resources: _, ...rest } = before;
    return {
      ...rest,
      containers: resized(next.containers, before.containers),
      ...(before.initContainers && { initContainers: resized(next.initContainers!, before.initContainers) }),
      ...(next.resources && { resources: next.resources }),
    };
  },
  validate: (next, before) => validatePodResize(next as Pod, before as Pod, qosClassOf),
};

/** The containers as they were, with these resources; as they are given where they changed places, which is for validation to refuse. */
function resized(next: readonly Container[], before: readonly Container[]): readonly Container[] {
  if (next.some(({ name }, i) => name !== before[i]!.name)) return next;
  return next.map(({ resources, resizePolicy }, i) => {
    const { resources: _1, resizePolicy: _2, ...rest } = before[i]!;
    return { ...rest, ...(resources && { resources }), ...(resizePolicy && { resizePolicy }) };
  });
}

/** The kind as this part of it is written. Nobody is warned: people seldom write pods themselves. */
function strategyOf(strategy: Strategy, { prepare, validate }: PodPart): Strategy {
  const { warnings: _, ...rules } = strategy.rules;
  const prepareForUpdate = (next: KubeObject, before: KubeObject): KubeObject => {
    const { labels, annotations, finalizers, ownerReferences } = before.metadata;
    const { labels: _1, annotations: _2, finalizers: _3, ownerReferences: _4, ...sent } = next.metadata;
    const metadata = {
      ...sent,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ...(ownerReferences && { ownerReferences }),
    };
    return { ...before, metadata, spec: prepare(next as Pod, before as Pod) } as unknown as KubeObject;
  };
  return { ...strategy, rules: { ...rules, validateUpdate: validate }, special: { ...strategy.special, prepareForUpdate } };
}

const handlers = (part: PodPart): { readonly get: VerbHandler; readonly update: VerbHandler; readonly patch: VerbHandler } => ({
  get: handleGet,
  update: (context, strategy, request, warnings) => replacePart(context, strategyOf(strategy, part), request, 'all but status', warnings),
  patch: (context, strategy, request, warnings) => patchPart(context, strategyOf(strategy, part), request, 'all but status', warnings),
});

export const ephemeralContainersHandlers = handlers(ephemeralContainers);
export const resizeHandlers = handlers(resize);
