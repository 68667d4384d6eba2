// Node selector terms (k8s.io/component-helpers/scheduling/corev1/nodeaffinity): any of the terms, all of a term's requirements.
import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../../schema/generated/types.ts';

/** Whether a node is among those that a pod requires, by nodeSelector and required nodeAffinity; undefined when it requires none. */
export function nodeFilterOf({ nodeSelector = {}, affinity }: PodSpec): ((node: Node) => boolean) | undefined {
  const selector = Object.entries(nodeSelector);
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (selector.length === 0 && !terms) return undefined;
  return (node) => {
    for (const [key, value] of selector) if (node.metadata.labels?.[key] !== value) return false;
    return terms === undefined || matchesTerms(terms, node);
  };
}

export function matchesTerms(terms: readonly NodeSelectorTerm[], node: Node): boolean {
  return terms.some((term) => matchesTerm(term, node));
}

/** An empty term matches nothing. */
export function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return (
    matchExpressions.every((requirement) => matchesRequirement(requirement, node.metadata.labels?.[requirement.key])) &&
    // metadata.name is the only field there is.
    matchFields.every((requirement) => matchesRequirement(requirement, requirement.key === 'metadata.name' ? node.metadata.name : undefined))
  );
}

function matchesRequirement({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return isWhole(value) && isWhole(values[0]) && BigInt(value) > BigInt(values[0]);
    case 'Lt':
      return isWhole(value) && isWhole(values[0]) && BigInt(value) < BigInt(values[0]);
    default:
      return false;
  }
}

const isWhole = (text: string | undefined): text is string => text !== undefined && /^-?\d{1,19}$/.test(text);

/**
 * The nodes that the terms name, when every term names some: DaemonSet pods ask for one node by name, and then only that one is
 * looked at. Several requirements in one term name what is in all of them.
 */
export function namesInTerms(terms: readonly NodeSelectorTerm[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { matchFields = [] } of terms) {
    let named: readonly string[] | undefined;
    for (const { key, operator, values = [] } of matchFields) {
      if (key === 'metadata.name' && operator === 'In') named = named ? named.filter((name) => values.includes(name)) : values;
    }
    if (!named) return undefined;
    for (const name of named) names.add(name);
  }
  return names;
}
