// Defaults of namespaces, nodes and secrets.
import { encodeBase64 } from '../../kube/base64.ts';
import { encodeUtf8 } from '../../kube/utf8.ts';
import type { Namespace, NamespaceStatus, NodeSpec, NodeStatus, Secret } from '../../schema/generated/types.ts';
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
  /** Plain texts are a convenience of writers: they are kept as the rest is. */
  Secret(secret: Secret): Secret {
    const { stringData, ...rest } = secret;
    if (!stringData) return secret.type ? secret : { ...secret, type: 'Opaque' };
    const encoded = Object.entries(stringData).map(([key, text]) => [key, encodeBase64(encodeUtf8(text))] as const);
    return { ...rest, data: { ...rest.data, ...Object.fromEntries(encoded) }, type: secret.type || 'Opaque' };
  },
};
