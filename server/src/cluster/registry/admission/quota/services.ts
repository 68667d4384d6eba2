// What Services count for a quota: themselves, the node ports they take, and load balancers.
import { quantityOf } from '../../../../kube/quantity.ts';
import type { Service } from '../../../../schema/generated/types.ts';
import { one, zero } from './amounts.ts';
import type { Evaluator } from './evaluator.ts';

const counted = new Set(['count/services', 'services', 'services.nodeports', 'services.loadbalancers']);

/** Updates count too: they may change the type. */
export const serviceEvaluator: Evaluator = {
  handles: ({ operation, write }) => write.subresource === undefined && operation !== 'DELETE',
  counts: (name) => counted.has(name),
  isWithin: () => false,
  mayChange: () => true,
  usage(object) {
    const service = object as Service;
    return new Map([
      ['count/services', one],
      ['services', one],
      ['services.nodeports', quantityOf(nodePortsOf(service))],
      ['services.loadbalancers', service.spec.type === 'LoadBalancer' ? one : zero],
    ]);
  },
};

/** They may not be allocated yet, so what counts is the intent. */
function nodePortsOf({ spec: { type, ports = [], allocateLoadBalancerNodePorts } }: Service): number {
  if (type === 'LoadBalancer' && allocateLoadBalancerNodePorts === false) return ports.filter(({ nodePort }) => nodePort).length;
  return type === 'NodePort' || type === 'LoadBalancer' ? ports.length : 0;
}
