// How often the template of a DaemonSet has changed. Inside the server it is a field of the spec; on the wire it is an annotation,
// which is always there.
import type { KubeObject } from '../../kube/object.ts';

const annotation = 'deprecated.daemonset.template.generation';

/** 0 when nothing is said. */
export const templateGenerationOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.[annotation] ?? 0);

export const hasTemplateGeneration = ({ metadata }: KubeObject): boolean => metadata.annotations?.[annotation] !== undefined;

export function withTemplateGeneration<T extends KubeObject>(object: T, generation: number): T {
  const text = String(generation);
  const { metadata } = object;
  return metadata.annotations?.[annotation] === text
    ? object
    : { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, [annotation]: text } } };
}
