// The pods of a DaemonSet: what one is like that is made for a node, and of which template one is.
// Source: CreatePodTemplate, ReplaceDaemonSetPodNodeNameNodeAffinity (util/daemonset_util.go).
import type { DaemonSet, NodeAffinity, NodeSelectorTerm, Pod, PodSpec, PodTemplateSpec } from '../../../schema/generated/types.ts';
import { templateGenerationOf } from '../../../validation/workloads/template-generation.ts';
import { daemonTolerations } from './tolerations.ts';

export const hashLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';

interface Known {
  readonly hash: string;
  readonly generation: number;
  readonly template: PodTemplateSpec;
}

// The registry knows a template by identity, and checks and completes it once.
const known = new WeakMap<object, Known>();

/** The part that is the same on all nodes; the same object every time. `hash`: of the current revision. */
export function daemonTemplate(set: DaemonSet, hash: string): PodTemplateSpec {
  const generation = templateGenerationOf(set);
  const before = known.get(set.spec.template);
  if (before && before.hash === hash && Object.is(before.generation, generation)) return before.template;
  const { metadata, spec = { containers: [] } } = set.spec.template;
  const labels = { ...metadata?.labels, ...(Number.isInteger(generation) && { [generationLabel]: String(generation) }), [hashLabel]: hash };
  const template = { metadata: { ...metadata, labels } as PodTemplateSpec['metadata'] & object, spec: { ...spec, tolerations: daemonTolerations(spec) } };
  known.set(set.spec.template, { hash, generation, template });
  return template;
}

/** The scheduler binds it, like any other pod: it asks for its node by name, and for nothing else that a node is required to have. */
export function affinityTo(node: string, { affinity }: Pick<PodSpec, 'affinity'> = {}): NodeAffinity {
  const nodeSelectorTerms: readonly NodeSelectorTerm[] = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }];
  return { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
}

/** Of the newest template. (The real controller also compares generations, but by the address of the number: never with success.) */
export const isUpdated = ({ metadata: { labels } }: Pod, hash: string): boolean => labels?.[hashLabel] === hash;
