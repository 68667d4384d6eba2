// Where Services get their addresses and ports from. Nothing is remembered here: an address is taken when there is an IPAddress of its
// name, a port when a Service has it, so both fork and rewind with the store.
import type { ServiceCIDR } from '../../../schema/generated/types.ts';
import type { Pools } from '../../../validation/network/service-allocation.ts';
import type { Pool } from '../../../validation/network/service-pools.ts';
import { addressPool, dryRunPools, holds, ipOf, nodePorts, numberOf, portOutside, portTaken } from '../../../validation/network/service-pools.ts';
import type { Random } from '../../clock/random.ts';
import { servicesByNodePort } from '../../store/indexes.ts';
import type { Store } from '../../store/store.ts';
import type { RegistryContext } from '../context.ts';

export const ipAddresses = 'ipaddresses.networking.k8s.io';
const ranges = 'servicecidrs.networking.k8s.io';

export function poolsOf({ store, random }: RegistryContext, dryRun: boolean): Pools {
  const addresses = readyRanges(store);
  const isTaken = (port: number) => store.indexed(servicesByNodePort, String(port)).objects.size > 0;
  if (dryRun) return dryRunPools(addresses[0], isTaken);
  const own = new Set<number>();
  const isFree = (port: number) => !own.has(port) && !isTaken(port);
  const hasIp = (ip: string) => store.get(ipAddresses, undefined, ip) !== undefined;
  return {
    takeIp(ip) {
      if (!addresses.some((pool) => holds(pool, numberOf(ip)))) return 'the provided network does not match the current range';
      return hasIp(ip) ? 'provided IP is already allocated' : undefined;
    },
    anyIp() {
      for (const pool of addresses) {
        const found = anyOf(pool, random, (number) => !hasIp(ipOf(number)));
        if (found !== undefined) return ipOf(found);
      }
      return undefined;
    },
    takePort(port) {
      if (!holds(nodePorts, port)) return portOutside;
      if (!isFree(port)) return portTaken;
      own.add(port);
      return undefined;
    },
    anyPort() {
      const port = anyOf(nodePorts, random, isFree);
      if (port !== undefined) own.add(port);
      return port;
    },
  };
}

function readyRanges(store: Store): readonly Pool[] {
  const all = [...(store.collection(ranges) as ReadonlyMap<string, unknown>).values()] as readonly ServiceCIDR[];
  return all.filter(isReady).flatMap(({ spec }) =>
    (spec.cidrs ?? []).flatMap((cidr) => {
      const pool = addressPool(cidr);
      return pool ? [pool] : [];
    }),
  );
}

/** Until somebody has looked at a range it counts as ready. */
function isReady({ metadata, status }: ServiceCIDR): boolean {
  const condition = status?.conditions?.find(({ type }) => type === 'Ready');
  return metadata.deletionTimestamp === undefined && (condition === undefined || condition.status === 'True');
}

/** The next free number from a random one, above what is kept for those who ask by name; below it when there is no other. */
function anyOf({ first, from, last }: Pool, random: Random, isFree: (number: number) => boolean): number | undefined {
  return nextFree(from, last, random, isFree) ?? nextFree(first, from - 1, random, isFree);
}

function nextFree(first: number, last: number, random: Random, isFree: (number: number) => boolean): number | undefined {
  const size = last - first + 1;
  if (size <= 0) return undefined;
  const start = random.int(size);
  for (let i = 0; i < size; i++) {
    const number = first + ((start + i) % size);
    if (isFree(number)) return number;
  }
  return undefined;
}
