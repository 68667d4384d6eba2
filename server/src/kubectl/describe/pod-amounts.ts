// The requests or limits of whole pods as quantities, which keep the form they are printed in (component-helpers/resource).
// The scheduler's plain numbers (cluster/scheduler/pod-requests.ts) cannot say whether 1Gi was written as 1Gi or 1024Mi.
import { addQuantities, compareQuantities, quantityOf, type Quantity } from '../../kube/quantity.ts';
import type { Container, Pod } from '../../schema/generated/types.ts';

export type Amounts = ReadonlyMap<string, Quantity>;

export function podAmounts({ spec }: Pod, which: 'requests' | 'limits'): Amounts {
  const total = new Map<string, Quantity>();
  for (const container of spec.containers) add(total, amountsOf(container, which));
  const sidecars = new Map<string, Quantity>();
  const starting = new Map<string, Quantity>();
  for (const container of spec.initContainers ?? []) {
    const own = new Map(amountsOf(container, which));
    if (container.restartPolicy === 'Always') {
      add(total, own);
      add(sidecars, own);
      raise(starting, sidecars);
    } else {
      add(own, sidecars);
      raise(starting, own);
    }
  }
  raise(total, starting);
  for (const [name, amount] of Object.entries(spec.overhead ?? {})) if (which === 'requests' || total.has(name)) add(total, [[name, quantityOf(amount)]]);
  return total;
}

export function sumOf(all: readonly Amounts[]): Amounts {
  const total = new Map<string, Quantity>();
  for (const amounts of all) add(total, amounts);
  return total;
}

const amountsOf = ({ resources }: Container, which: 'requests' | 'limits') =>
  Object.entries(resources[which] ?? {}).map(([name, amount]) => [name, quantityOf(amount)] as const);

function add(total: Map<string, Quantity>, more: Iterable<readonly [string, Quantity]>): void {
  for (const [name, amount] of more) {
    const before = total.get(name);
    total.set(name, before ? addQuantities(before, amount) : amount);
  }
}

function raise(total: Map<string, Quantity>, other: Amounts): void {
  for (const [name, amount] of other) {
    const before = total.get(name);
    if (!before || compareQuantities(amount, before) > 0) total.set(name, amount);
  }
}
