// A host port can be taken once on a node.
import { hostPortsOf } from '../host-ports.ts';
import type { FilterPlugin, Refusal } from '../plugin.ts';

const refusal: Refusal = { plugin: 'NodePorts', reasons: ["node(s) didn't have free ports for the requested pod ports"], preemptable: true };

export const nodePorts: FilterPlugin = {
  name: 'NodePorts',
  prepare({ pod }) {
    const wanted = hostPortsOf(pod.spec);
    if (wanted.length === 0) return undefined;
    return ({ ports }) => (ports && wanted.some((port) => ports.conflictsWith(port)) ? refusal : undefined);
  },
};
