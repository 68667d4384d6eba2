// Ports that pods take on their node. 0.0.0.0 is every address of the node, so it conflicts with any other address.
import type { PodSpec } from '../../schema/generated/types.ts';

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

const none: readonly HostPort[] = [];
const everywhere = '0.0.0.0';

/** The host ports of what keeps running: containers and sidecars. */
export function hostPortsOf(spec: PodSpec): readonly HostPort[] {
  let ports: HostPort[] | undefined;
  for (const container of spec.containers) ports = collect(container.ports, ports);
  for (const container of spec.initContainers ?? []) if (container.restartPolicy === 'Always') ports = collect(container.ports, ports);
  return ports ?? none;
}

function collect(ports: PodSpec['containers'][number]['ports'], found: HostPort[] | undefined): HostPort[] | undefined {
  let all = found;
  for (const { hostPort, hostIP, protocol } of ports ?? []) {
    if (hostPort) (all ??= []).push({ ip: hostIP || everywhere, protocol: protocol ?? 'TCP', port: hostPort });
  }
  return all;
}

/** The ports in use on one node, counted, since pods that were not scheduled may share one. */
export class UsedPorts {
  readonly #counts = new Map<string, Map<string, number>>();

  copy(): UsedPorts {
    const copy = new UsedPorts();
    for (const [key, addresses] of this.#counts) copy.#counts.set(key, new Map(addresses));
    return copy;
  }

  add({ ip, protocol, port }: HostPort, count: 1 | -1): void {
    const key = `${protocol} ${port}`;
    let addresses = this.#counts.get(key);
    if (!addresses) this.#counts.set(key, (addresses = new Map()));
    const left = (addresses.get(ip) ?? 0) + count;
    if (left > 0) addresses.set(ip, left);
    else addresses.delete(ip);
    if (addresses.size === 0) this.#counts.delete(key);
  }

  conflictsWith({ ip, protocol, port }: HostPort): boolean {
    const addresses = this.#counts.get(`${protocol} ${port}`);
    if (!addresses) return false;
    return ip === everywhere || addresses.has(everywhere) || addresses.has(ip);
  }
}
