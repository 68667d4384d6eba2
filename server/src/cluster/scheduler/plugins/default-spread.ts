// Pods of one owner are spread over nodes and zones, unless they say themselves how (PodTopologySpread's default constraints:
// kubernetes.io/hostname with maxSkew 3, topology.kubernetes.io/zone with maxSkew 5, both only a preference).
//
// A node's raw score is its pods of that owner times ln(nodes + 2), plus its zone's times ln(zones + 2), plus the skews less one.
// Worked example: 3 nodes in 3 zones with 1, 0, 0 pods: 2·ln 5 + 2 + 4 ≈ 9, 6, 6 → 100·(9 + 6 − raw)/9 = 66, 100, 100.
import { controllerOf } from '../../../kube/object.ts';
import { podsByOwner } from '../../store/indexes.ts';
import type { NodeInfo } from '../node-info.ts';
import type { ScorePlugin, Scores } from '../plugin.ts';
import { fewerIsBetter, placeWeight } from '../spreading.ts';

const nodeSkew = 3;
const zoneSkew = 5;

/** Owners whose selectors say which pods belong together. */
const spread: ReadonlySet<string> = new Set(['ReplicaSet', 'StatefulSet', 'ReplicationController']);

export const defaultSpread: ScorePlugin = {
  name: 'PodTopologySpread',
  weight: 2,
  score({ pod }, { reader }, feasible, scores) {
    if (pod.spec.topologySpreadConstraints?.length) return false;
    const owner = controllerOf(pod);
    if (!owner || !spread.has(owner.kind)) return false;
    const { node: onNode, zone: inZone } = reader.indexed(podsByOwner, owner.uid).tallies;
    // The first pod of its owner: all nodes are alike.
    if (!onNode || onNode.size === 0) return false;
    count(feasible, scores, onNode, inZone ?? onNode);
    fewerIsBetter(scores);
    return true;
  },
};

type Tally = ReadonlyMap<string, number>;

function count(feasible: readonly NodeInfo[], scores: Scores, onNode: Tally, inZone: Tally): void {
  const zones = zonesOf(feasible);
  const nodeWeight = placeWeight(feasible.length);
  const zoneWeight = placeWeight(zones.length);
  const inZones = zones.map((zone) => (zone === undefined ? 0 : (inZone.get(zone) ?? 0) * zoneWeight + zoneSkew - 1));
  for (let i = 0; i < feasible.length; i++) {
    const { name, zone } = feasible[i]!;
    scores[i] = Math.round((onNode.get(name) ?? 0) * nodeWeight + nodeSkew - 1 + inZones[zones.indexOf(zone)]!);
  }
}

/** There are a few zones, and looking through a short list is quicker than hashing. */
function zonesOf(nodes: readonly NodeInfo[]): readonly (string | undefined)[] {
  const zones: (string | undefined)[] = [];
  for (let i = 0; i < nodes.length; i++) if (!zones.includes(nodes[i]!.zone)) zones.push(nodes[i]!.zone);
  return zones;
}
