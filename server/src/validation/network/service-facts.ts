// What a Service is, in the words that rules, defaults and the registry share.
import type { Service } from '../../schema/generated/types.ts';

export const isHeadless = ({ spec }: Service): boolean => spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';

/** Reached from outside of the cluster, through nodes or addresses of its own. */
export function isExternallyAccessible({ spec: { type, externalIPs } }: Service): boolean {
  return type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && (externalIPs?.length ?? 0) > 0);
}

/** A load balancer that sends traffic only to nodes with endpoints asks each node for them, on a port of its own. */
export const needsHealthCheckPort = ({ spec }: Service): boolean => spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
