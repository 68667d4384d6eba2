// Places: nodes that have the same value of a label, as a zone, or a single node by its hostname.
import type { NodeInfo } from './node-info.ts';
import type { SchedulingView } from './plugin.ts';
import type { Counts } from './pod-census.ts';

export const placeOf = ({ node }: NodeInfo, topologyKey: string): string | undefined => node.metadata.labels?.[topologyKey];

/** Sums of what is on the nodes of each place. Nodes without the label, and nodes that are gone, are nowhere. */
export function byPlace(onNode: Counts, topologyKey: string, view: SchedulingView): Map<string, number> {
  const places = new Map<string, number>();
  for (const [name, count] of onNode) {
    const node = view.nodeNamed(name);
    const place = node && placeOf(node, topologyKey);
    if (place !== undefined) places.set(place, (places.get(place) ?? 0) + count);
  }
  return places;
}
