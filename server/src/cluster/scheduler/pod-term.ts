// "Pods like these, in the same zone": a term of pod affinity, and which pods it means.
import { matches, validSelectorOf } from '../../kube/label-selector.ts';
import type { Namespace, Pod, PodAffinityTerm } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';

export interface PodTerm {
  /** Two terms with the same key mean the same pods in the same sort of place. */
  readonly key: string;
  /** The label whose value says which nodes are one place. */
  readonly topologyKey: string;
  means(pod: Pod): boolean;
}

/** `namespace`: that of the pod whose term it is, which is meant when the term names none. */
export function podTerm(term: PodAffinityTerm, namespace: string, reader: Reader): PodTerm {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey } = term;
  const selector = validSelectorOf(labelSelector);
  const places = namespaceSelector && validSelectorOf(namespaceSelector);
  const named = namespaces.length === 0 && !places ? [namespace] : namespaces;
  const inPlace = (name: string) =>
    named.includes(name) || (places !== undefined && matches(places, reader.get<Namespace>('namespaces', undefined, name)?.metadata.labels));
  return {
    key: JSON.stringify([named, namespaceSelector, labelSelector, topologyKey]),
    topologyKey,
    means: ({ metadata }) => inPlace(metadata.namespace ?? '') && matches(selector, metadata.labels),
  };
}
