// What the containers of a pod request, or may use at most, taken together; exact amounts, as the server compares and prints them.
//
// Init containers run one after another, so of them the largest counts. A sidecar (an init container that restarts always) keeps
// running beside everything that starts after it. Worked example, cpu: sidecar 100m, then init 600m, then app 300m
//   while starting 600m + 100m = 700m, when running 300m + 100m = 400m: together 700m.
import type { Quantity } from '../../kube/quantity.ts';
import { addQuantities, compareQuantities, quantityOf } from '../../kube/quantity.ts';
import type { PodSpec } from '../../schema/generated/types.ts';
import type { ResourceList } from './resources.ts';

type Amounts = Map<string, Quantity>;

export function aggregate(spec: PodSpec, part: 'requests' | 'limits'): ReadonlyMap<string, Quantity> {
  const total: Amounts = new Map();
  for (const { resources } of spec.containers ?? []) add(total, resources?.[part] as ResourceList | undefined);
  const sidecars: Amounts = new Map();
  const starting: Amounts = new Map();
  for (const { resources, restartPolicy } of spec.initContainers ?? []) {
    const own = resources?.[part] as ResourceList | undefined;
    if (restartPolicy === 'Always') {
      add(total, own);
      add(sidecars, own);
      raise(starting, sidecars);
    } else {
      // The format of a sum is that of its first part: the container's own.
      const needed: Amounts = new Map();
      add(needed, own);
      addAll(needed, sidecars);
      raise(starting, needed);
    }
  }
  raise(total, starting);
  return total;
}

function add(sum: Amounts, list: ResourceList | undefined): void {
  addAll(
    sum,
    Object.entries(list ?? {}).map(([name, text]) => [name, quantityOf(text)]),
  );
}

function addAll(sum: Amounts, amounts: Iterable<readonly [string, Quantity]>): void {
  for (const [name, amount] of amounts) {
    const before = sum.get(name);
    sum.set(name, before ? addQuantities(before, amount) : amount);
  }
}

function raise(sum: Amounts, other: ReadonlyMap<string, Quantity>): void {
  for (const [name, amount] of other) {
    const before = sum.get(name);
    if (!before || compareQuantities(amount, before) > 0) sum.set(name, amount);
  }
}
