// Which pods a node under pressure evicts first: those that asked for nothing (BestEffort), then those that may use more than
// they asked for (Burstable), then those that asked for all they may use (Guaranteed).
import { compareQuantities, quantityOf, type Quantity } from '../../../kube/quantity.ts';
import type { PodSpec, ResourceRequirements } from '../../../schema/generated/types.ts';

const counted = ['cpu', 'memory'];

/**
 * Guaranteed: every container limits cpu and memory and requests exactly that. An amount of zero counts as none.
 *
 *   requests cpu 100m                                  → Burstable
 *   limits cpu 1, memory 1Gi (requests default to it)  → Guaranteed
 */
export function qosClassOf(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const parts = spec.resources ? [{ resources: spec.resources }] : [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const all = parts.map(({ resources }) => amountsOf(resources));
  if (all.every(({ requests, limits }) => requests.size === 0 && limits.size === 0)) return 'BestEffort';
  return all.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

interface Amounts {
  readonly requests: ReadonlyMap<string, Quantity>;
  readonly limits: ReadonlyMap<string, Quantity>;
}

const amountsOf = (resources: ResourceRequirements | undefined): Amounts => ({ requests: positive(resources?.requests), limits: positive(resources?.limits) });

const zero = quantityOf(0);

function positive(list: Readonly<Record<string, string | number>> | undefined): ReadonlyMap<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  for (const name of counted) {
    const amount = list?.[name] === undefined ? zero : quantityOf(list[name]);
    if (compareQuantities(amount, zero) > 0) amounts.set(name, amount);
  }
  return amounts;
}

const isGuaranteed = ({ requests, limits }: Amounts) =>
  counted.every((name) => {
    const [request, limit] = [requests.get(name), limits.get(name)];
    return request !== undefined && limit !== undefined && compareQuantities(request, limit) === 0;
  });
