// Defaults of namespaces and nodes.
import type { Namespace, NamespaceStatus, NodeSpec, NodeStatus } from '../../schema/generated/types.ts';
import { filledWith } from './fill.ts';

/** Says in a label what the namespace is called, so that selectors can name it. */
const nameLabel = 'kubernetes.io/metadata.name';

export const coreFillers = {
  Namespace(namespace: Namespace): Namespace {
    const { metadata } = namespace;
    if (!metadata.name || metadata.labels?.[nameLabel] === metadata.name) return namespace;
    return { ...namespace, metadata: { ...metadata, labels: { ...metadata.labels, [nameLabel]: metadata.name } } };
  },
  NamespaceStatus: (status: NamespaceStatus) => filledWith(status, { phase: 'Active' }),
  NodeStatus: (status: NodeStatus) => (status.capacity ? filledWith(status, { allocatable: status.capacity }) : status),
  /** podCIDR is the first of podCIDRs; where both are sent and differ, podCIDR counts. */
  NodeSpec(spec: NodeSpec): NodeSpec {
    const { podCIDR, podCIDRs } = spec;
    if (!podCIDR) return podCIDRs?.[0] ? { ...spec, podCIDR: podCIDRs[0] } : spec;
    return podCIDRs?.[0] === podCIDR ? spec : { ...spec, podCIDRs: [podCIDR] };
  },
};
