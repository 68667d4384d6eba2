// What a Service is given when it is written: cluster IPs and node ports, and what a client may leave out because it was given before
// (pkg/registry/core/service/storage: beginCreate, beginUpdate). Pure: where addresses come from is a parameter.
//
//   new ClusterIP service            → one address of the pool
//   NodePort → ClusterIP             → its node ports become free
//   ClusterIP → ExternalName         → its address is released; clearing the fields is the strategy's business
import type { FieldError } from '../../kube/field-error.ts';
import { quote } from '../../kube/quote.ts';
import type { Service, ServicePort } from '../../schema/generated/types.ts';
import { FieldErrors } from '../field-errors.ts';
import { root } from '../path.ts';
import type { Draft } from './service-families.ts';
import { settleFamilies, staysDualStack, syncClusterIps } from './service-families.ts';
import { needsHealthCheckPort } from './service-facts.ts';

/** Where addresses and ports come from. One for each write: what it gave is not given again. */
export interface Pools {
  /** Takes this address; a text says why it cannot be had. */
  takeIp(ip: string): string | undefined;
  /** Takes any address; undefined: none is left. */
  anyIp(): string | undefined;
  takePort(port: number): string | undefined;
  anyPort(): number | undefined;
}

export interface Allocation {
  readonly service: Service;
  readonly taken: readonly string[];
  readonly released: readonly string[];
}

/** `internal`: an error of the server, not of a field; `unnamed`: one that it has no name for. */
export type Refusal = { readonly invalid: readonly FieldError[] } | { readonly internal: string } | { readonly unnamed: string };

export const isRefusal = (result: object): result is Refusal => 'invalid' in result || 'internal' in result || 'unnamed' in result;

export function allocate(next: Service, before: Service | undefined, pools: Pools): Allocation | Refusal {
  const spec: Draft = { ...next.spec };
  if (before) keepAllocated(spec, before);
  syncClusterIps(spec, before?.spec);
  const errors = new FieldErrors();
  settleFamilies(next, spec, before, errors);
  if (errors.count > 0) return { invalid: errors.list };
  const ips = before ? changeIps(spec, before, pools) : takeIps(spec, next.metadata.name, pools);
  if (isRefusal(ips)) return ips;
  const refusal = before ? changePorts(spec, before, pools) : takePorts(spec, pools);
  if (refusal) return refusal;
  return { service: { ...next, spec }, ...ips };
}

const needsIp = ({ type }: Draft) => type !== 'ExternalName';

/** A load balancer may do without node ports. */
const needsPorts = ({ type, allocateLoadBalancerNodePorts }: Draft) =>
  type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);

const hasPorts = ({ type }: Draft) => type === 'NodePort' || type === 'LoadBalancer';

const nodePortsOf = ({ ports = [] }: Draft) => ports.flatMap(({ nodePort }) => (nodePort ? [nodePort] : []));

/** Who sends the manifest again that the service was made of does not take away what it was given. */
function keepAllocated(spec: Draft, before: Service): void {
  const old = before.spec;
  if (needsIp(old) && needsIp(spec)) {
    if (!spec.clusterIP && old.clusterIP) spec.clusterIP = old.clusterIP;
    if (!spec.clusterIPs?.length && old.clusterIPs?.length) spec.clusterIPs = old.clusterIPs;
  }
  if (needsPorts(old) && needsPorts(spec)) spec.ports = withOldPorts(spec.ports ?? [], old);
  const isChecked = needsHealthCheckPort(before) && needsHealthCheckPort({ ...before, spec });
  if (isChecked && !spec.healthCheckNodePort && old.healthCheckNodePort) spec.healthCheckNodePort = old.healthCheckNodePort;
}

/** A port of the same name gets the node port back, unless another port has it now. */
function withOldPorts(ports: readonly ServicePort[], old: Draft): readonly ServicePort[] {
  const now = nodePortsOf({ ports });
  const used = new Set(nodePortsOf(old).filter((port) => now.includes(port)));
  const byName = new Map(old.ports?.map(({ name = '', nodePort }) => [name, nodePort]));
  return ports.map((port) => {
    const known = byName.get(port.name ?? '');
    return !port.nodePort && known && !used.has(known) ? { ...port, nodePort: known } : port;
  });
}

// ---- cluster IPs ----

type Ips = Pick<Allocation, 'taken' | 'released'>;

const nothing: Ips = { taken: [], released: [] };

function takeIps(spec: Draft, name: string, pools: Pools): Ips | Refusal {
  if (spec.type === 'ExternalName' || spec.clusterIPs?.[0] === 'None') return nothing;
  const wanted = spec.clusterIPs ?? [];
  const taken: string[] = [];
  // Addresses beyond the families are left to validation.
  const families = spec.ipFamilies ?? [];
  for (let i = 0; i < families.length; i++) {
    const ip = wanted[i] ?? '';
    const given = ip === '' ? pools.anyIp() : ip;
    if (given === undefined) return { internal: `failed to allocate a serviceIP for Service ${quote(name)}: range is full` };
    const refused = ip === '' ? undefined : pools.takeIp(ip);
    if (refused !== undefined) return refusedField(['clusterIPs'], wanted, `failed to allocate IP ${ip}: ${refused}`);
    taken.push(given);
  }
  spec.clusterIPs = [...taken, ...wanted.slice(families.length)];
  if (taken[0] !== undefined) spec.clusterIP = taken[0];
  return { taken, released: [] };
}

function changeIps(spec: Draft, { spec: old, metadata }: Service, pools: Pools): Ips | Refusal {
  if (staysDualStack(spec, old)) return nothing;
  if (old.type === 'ExternalName' && spec.type !== 'ExternalName') return takeIps(spec, metadata.name, pools);
  if (old.clusterIPs?.[0] === 'None') return nothing;
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') return { taken: [], released: old.clusterIPs ?? [] };
  const isReduced = old.ipFamilies?.length === 2 && spec.ipFamilies?.length === 1;
  return isReduced ? { taken: [], released: old.clusterIPs?.slice(1) ?? [] } : nothing;
}

// ---- node ports ----

function takePorts(spec: Draft, pools: Pools): Refusal | undefined {
  if (hasPorts(spec)) {
    const refusal = takeNewPorts(spec, pools);
    if (refusal) return refusal;
  }
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local' ? takeHealthCheckPort(spec, pools) : undefined;
}

/** Ports of the same number, of several protocols, share a node port unless they ask for others. */
function takeNewPorts(spec: Draft, pools: Pools): Refusal | undefined {
  const ports: ServicePort[] = [...(spec.ports ?? [])];
  const given = new Map<number, number>();
  for (const [i, port] of ports.entries()) {
    if (!port.nodePort && !needsPorts(spec)) continue;
    const shared = given.get(port.port);
    const wanted = shared === undefined ? (ports.find((other) => other.port === port.port && other.nodePort)?.nodePort ?? 0) : port.nodePort || shared;
    if (shared !== undefined && wanted === shared) {
      ports[i] = { ...port, nodePort: shared };
      continue;
    }
    const nodePort = wanted || pools.anyPort();
    if (nodePort === undefined) return { internal: 'failed to allocate a nodePort: range is full' };
    const refused = wanted ? pools.takePort(wanted) : undefined;
    if (refused !== undefined) return refusedPort(i, wanted, refused);
    if (shared === undefined) given.set(port.port, nodePort);
    ports[i] = { ...port, nodePort };
  }
  if (spec.ports) spec.ports = ports;
  return undefined;
}

function changePorts(spec: Draft, before: Service, pools: Pools): Refusal | undefined {
  if (hasPorts(spec)) {
    const refusal = takeChangedPorts(spec, before.spec, pools);
    if (refusal) return refusal;
  }
  const isNewlyChecked = !needsHealthCheckPort(before) && needsHealthCheckPort({ ...before, spec });
  return isNewlyChecked ? takeHealthCheckPort(spec, pools) : undefined;
}

function takeChangedPorts(spec: Draft, old: Draft, pools: Pools): Refusal | undefined {
  const had = new Set(nodePortsOf(old));
  const seen = new Set<string>();
  const ports: ServicePort[] = [...(spec.ports ?? [])];
  for (const [i, port] of ports.entries()) {
    if (!port.nodePort && !needsPorts(spec)) continue;
    const nodePort = port.nodePort || pools.anyPort();
    if (nodePort === undefined) return { internal: 'failed to allocate a nodePort: range is full' };
    if (port.nodePort && !had.has(nodePort)) {
      const refused = pools.takePort(nodePort);
      if (refused !== undefined) return refusedPort(i, nodePort, refused);
      had.add(nodePort);
    }
    ports[i] = { ...port, nodePort };
    const key = `{${port.protocol} ${nodePort}}`;
    if (seen.has(key)) return { unnamed: `duplicate nodePort: ${key}` };
    seen.add(key);
  }
  if (spec.ports) spec.ports = ports;
  return undefined;
}

function takeHealthCheckPort(spec: Draft, pools: Pools): Refusal | undefined {
  const wanted = spec.healthCheckNodePort;
  const refused = wanted ? pools.takePort(wanted) : undefined;
  if (refused !== undefined) return { internal: `failed to allocate requested HealthCheck NodePort ${wanted}: ${refused}` };
  const port = wanted || pools.anyPort();
  if (port === undefined) return { internal: 'failed to allocate a HealthCheck NodePort 0: range is full' };
  spec.healthCheckNodePort = port;
  return undefined;
}

function refusedPort(i: number, port: number, why: string): Refusal {
  const errors = new FieldErrors();
  errors.invalid(root('spec', 'ports').index(i).child('nodePort'), port, why);
  return { invalid: errors.list };
}

function refusedField(path: readonly string[], value: unknown, why: string): Refusal {
  const errors = new FieldErrors();
  errors.invalid(root('spec', ...path), value, why);
  return { invalid: errors.list };
}
