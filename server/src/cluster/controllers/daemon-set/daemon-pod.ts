// The pods of a DaemonSet: what one is like that is made for a node, and of which template one is.
// Source: CreatePodTemplate, ReplaceDaemonSetPodNodeNameNodeAffinity (util/daemonset_util.go).
import type { DaemonSet, NodeSelectorTerm, Pod, PodSpec, PodTemplateSpec } from '../../../schema/generated/types.ts';
import { templateGenerationOf } from '../../../validation/workloads/template-generation.ts';
import { daemonTolerations } from './tolerations.ts';

export const hashLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';

/** The part that is the same on all nodes. `hash`: of the current revision. */
export function daemonTemplate(set: DaemonSet, hash: string): PodTemplateSpec {
  const { metadata, spec = { containers: [] } } = set.spec.template;
  const generation = templateGenerationOf(set);
  const labels = { ...metadata?.labels, ...(Number.isInteger(generation) && { [generationLabel]: String(generation) }), [hashLabel]: hash };
  return { metadata: { ...metadata, labels } as PodTemplateSpec['metadata'] & object, spec: { ...spec, tolerations: daemonTolerations(spec) } };
}

/** The scheduler binds it, like any other pod: it asks for its node by name, and for nothing else that a node is required to have. */
export function onNode(template: PodTemplateSpec, node: string): PodTemplateSpec {
  const { affinity, ...spec } = template.spec as PodSpec;
  const nodeSelectorTerms: readonly NodeSelectorTerm[] = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }];
  const nodeAffinity = { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return { ...template, spec: { ...spec, affinity: { ...affinity, nodeAffinity } } };
}

/** Of the newest template. (The real controller also compares generations, but by the address of the number: never with success.) */
export const isUpdated = ({ metadata: { labels } }: Pod, hash: string): boolean => labels?.[hashLabel] === hash;
