// Nodes: what configured kubelets from afar is gone.
import type { Node } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const nodeStrategy: KindStrategy<Node> = {
  statusTakesMetadata: true,
  prepareForCreate: (node) => withoutConfig(node),
  prepareForUpdate: (next, before) => (before.spec?.configSource ? next : withoutConfig(next)),
  prepareForStatusUpdate(next, before) {
    if (!next.status?.config || before.status?.config) return next;
    const { config: _, ...status } = next.status;
    return { ...next, status };
  },
};

function withoutConfig(node: Node): Node {
  if (!node.spec?.configSource && !node.status?.config) return node;
  const { configSource: _1, ...spec } = node.spec ?? {};
  const { config: _2, ...status } = node.status ?? {};
  return { ...node, spec, status };
}
