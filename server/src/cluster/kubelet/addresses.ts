// Addresses of nodes and pods. Node i (from 1) has 172.18.0.0/16's address i + 1 and gives its pods 10.244.i.0/24, as in a small
// cluster made with kind; beyond 255 nodes both go on in the next blocks.

export const nodeAddress = (index: number): string => `172.18.${(index + 1) >> 8}.${(index + 1) & 255}`;

export const podNetwork = (index: number): string => `${podPrefix(index)}.0/24`;

const podPrefix = (index: number): string => `10.${(244 + (index >> 8)) & 255}.${index & 255}`;

const firstHost = 2;
const lastHost = 254;

/** The addresses of one node's network, handed out in turn, so that one that was just given back is not used at once. */
export interface AddressPool {
  /** '10.244.1.0/24' */
  readonly network: string;
  last: number;
  readonly used: Set<number>;
}

export const newPool = (network: string): AddressPool => ({ network, last: firstHost - 1, used: new Set() });

export const copyPool = ({ network, last, used }: AddressPool): AddressPool => ({ network, last, used: new Set(used) });

/** A node with more pods than addresses gives some of them twice. */
export function takeAddress(pool: AddressPool): string {
  let host = pool.last;
  for (let tries = firstHost; tries <= lastHost; tries++) {
    host = host >= lastHost ? firstHost : host + 1;
    if (!pool.used.has(host)) break;
  }
  pool.last = host;
  pool.used.add(host);
  return pool.network.slice(0, -'0/24'.length) + host;
}

export function giveBack(pool: AddressPool, ip: string): void {
  pool.used.delete(Number(ip.slice(ip.lastIndexOf('.') + 1)));
}
