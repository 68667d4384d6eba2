// Everything that a pod asks for must be left on its node; what it does not ask for does not matter.
import type { NodeInfo } from '../node-info.ts';
import type { FilterPlugin, PodInfo, Refusal } from '../plugin.ts';
import type { Requests } from '../pod-requests.ts';

const plugin = 'NodeResourcesFit';

export const nodeResourcesFit: FilterPlugin = {
  name: plugin,
  prepare({ requests }: PodInfo) {
    const { cpu, memory, ephemeralStorage, others } = requests;
    return (node) => {
      const fits =
        node.usedPods < node.pods &&
        (cpu === 0 || cpu <= node.cpu - node.usedCpu) &&
        (memory === 0 || memory <= node.memory - node.usedMemory) &&
        (ephemeralStorage === 0 || ephemeralStorage <= node.ephemeralStorage - node.usedEphemeralStorage) &&
        (others === undefined || othersFit(node, others));
      return fits ? undefined : refusalOf(node, requests);
    };
  },
};

const othersFit = (node: NodeInfo, others: ReadonlyMap<string, number>): boolean => {
  for (const [name, amount] of others) if (amount > 0 && amount > left(node, name)) return false;
  return true;
};

const left = (node: NodeInfo, name: string): number => (node.others.get(name) ?? 0) - (node.usedOthers?.get(name) ?? 0);

/** All that is missing, in Kubernetes' words. Where even the empty node would be too small, removing pods cannot help. */
function refusalOf(node: NodeInfo, { cpu, memory, ephemeralStorage, others }: Requests): Refusal {
  const reasons: string[] = [];
  let tooSmall = false;
  const check = (name: string, wanted: number, offered: number, free: number) => {
    if (wanted === 0 || wanted <= free) return;
    reasons.push(`Insufficient ${name}`);
    tooSmall ||= wanted > offered;
  };
  if (node.usedPods >= node.pods) reasons.push('Too many pods');
  check('cpu', cpu, node.cpu, node.cpu - node.usedCpu);
  check('memory', memory, node.memory, node.memory - node.usedMemory);
  check('ephemeral-storage', ephemeralStorage, node.ephemeralStorage, node.ephemeralStorage - node.usedEphemeralStorage);
  for (const [name, amount] of others ?? []) check(name, amount, node.others.get(name) ?? 0, left(node, name));
  return shared(reasons, !tooSmall);
}

// A few combinations come again and again: one object each, so that counting them is counting identities.
const known = new Map<string, Refusal>();

function shared(reasons: readonly string[], preemptable: boolean): Refusal {
  const key = `${preemptable} ${reasons.join()}`;
  let refusal = known.get(key);
  if (!refusal) {
    if (known.size > 1000) known.clear();
    known.set(key, (refusal = { plugin, reasons, preemptable }));
  }
  return refusal;
}
