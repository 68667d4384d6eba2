// The ranges that cluster IPs and node ports come from, and where in them what is not asked for by name is looked for
// (KEP-3070, KEP-3668): the lower end is kept for those who ask by name, as long as there is room above it.
//
//   10.96.0.0/12: 1,048,576 addresses. Kept: a sixteenth, but at least 16 and at most 256 → any address is from 10.96.1.1 up.
//   30000-32767: 2,768 ports. Kept: a thirty-second, but at least 16 and at most 128 → 86; any port is from 30086 up.
import type { Pools } from './service-allocation.ts';

/** Inclusive ends. `from`: where what is not asked for by name begins. */
export interface Pool {
  readonly text: string;
  readonly first: number;
  readonly from: number;
  readonly last: number;
}

const kept = (size: number, least: number, most: number, part: number) => (size <= least ? 0 : Math.min(Math.max(least, Math.floor(size / part)), most));

const nodePortBase = 30_000;
const nodePortCount = 2768;

export const nodePorts: Pool = {
  text: `${nodePortBase}-${nodePortBase + nodePortCount - 1}`,
  first: nodePortBase,
  from: nodePortBase + kept(nodePortCount, 16, 128, 32),
  last: nodePortBase + nodePortCount - 1,
};

/** What --service-cluster-ip-range says. Its first address is the API server's own. */
export const serviceRange = '10.96.0.0/12';
export const apiServerIp = '10.96.0.1';

/** The addresses of a range but the first and the last, which name the network and everybody in it; undefined for IPv6. */
export function addressPool(cidr: string): Pool | undefined {
  const [address = '', length] = cidr.split('/');
  if (length === undefined || address.includes(':')) return undefined;
  const network = numberOf(address);
  const size = 2 ** (32 - Number(length));
  return { text: cidr, first: network + 1, from: network + 1 + kept(size, 16, 256, 16), last: network + size - 2 };
}

/** '10.96.0.1' ↔ 174063617 */
export const numberOf = (ip: string): number => ip.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);

export const ipOf = (number: number): string => [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');

export const holds = ({ first, last }: Pool, number: number): boolean => number >= first && number <= last;

export const portOutside = `provided port is not in the valid range. The range of valid ports is ${nodePorts.text}`;
export const portTaken = 'provided port is already allocated';

/** Stands for a port that a dry run would be given. */
const firstDryPort = 32_769;

/** As the server rehearses: it takes nothing, and does not look whether an address is free. */
export function dryRunPools(addresses: Pool | undefined, isTaken: (port: number) => boolean): Pools {
  const ports: number[] = [];
  return {
    takeIp(ip) {
      if (!addresses) return 'allocator not ready';
      return holds(addresses, numberOf(ip)) ? undefined : `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${addresses.text}`;
    },
    anyIp: () => addresses && ipOf(addresses.first - 1),
    takePort(port) {
      if (isTaken(port) || ports.includes(port)) return portTaken;
      ports.push(port);
      return undefined;
    },
    anyPort() {
      const port = ports.length === 0 ? firstDryPort : Math.max(0, ...ports) + 1;
      ports.push(port);
      return port;
    },
  };
}
