// Pods with a node name never come to the scheduler; this only answers when one is asked about.
import type { FilterPlugin, Refusal } from '../plugin.ts';

const refusal: Refusal = { plugin: 'NodeName', reasons: ["node(s) didn't match the requested node name"], preemptable: false };

export const nodeName: FilterPlugin = {
  name: 'NodeName',
  prepare({ pod: { spec } }) {
    if (!spec.nodeName) return undefined;
    return (node) => (node.name === spec.nodeName ? undefined : refusal);
  },
};
