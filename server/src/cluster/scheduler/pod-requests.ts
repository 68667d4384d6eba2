// What a pod asks of a node's resources: the effective requests of component-helpers/resource (PodRequests).
//
// Init containers run one after another, so only the largest counts; sidecars (init containers with restartPolicy Always)
// keep running, so they add to everything that starts after them. Worked example, cpu:
//   init A 500m, sidecar S 100m, init B 600m, app 300m
//   while starting: max(A 500, S 100, B 600 + S 100) = 700; when running: app 300 + S 100 = 400; asks for 700m (plus overhead).
import { milliUnitsOf, unitsOf } from '../../kube/quantity.ts';
import type { Container, PodSpec, Quantity } from '../../schema/generated/types.ts';

/** cpu in thousandths, everything else in whole units (bytes, devices). */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Any other resource: devices, huge pages. Absent: none. */
  readonly others?: ReadonlyMap<string, number>;
  /** What scoring assumes: containers that ask for nothing count as 100m and 200 MiB, so that they spread too. */
  readonly assumedCpu: number;
  readonly assumedMemory: number;
}

const assumedCpuOfSilent = 100;
const assumedMemoryOfSilent = 200 * 1024 * 1024;

export function podRequests(spec: PodSpec): Requests {
  // Most pods: one or two containers, nothing before them, no overhead.
  const running = newSum();
  for (const container of spec.containers) add(running, containerRequests(container));
  if (spec.initContainers?.length) raise(running, addSidecars(running, spec.initContainers));
  if (spec.resources?.requests) override(running, spec.resources.requests);
  if (spec.overhead) add(running, requestsOf(spec.overhead));
  return running;
}

interface Sum {
  cpu: number;
  memory: number;
  ephemeralStorage: number;
  others?: Map<string, number>;
  assumedCpu: number;
  assumedMemory: number;
}

const newSum = (): Sum => ({ cpu: 0, memory: 0, ephemeralStorage: 0, assumedCpu: 0, assumedMemory: 0 });

/** Adds the sidecars to what runs; returns the most that is needed while starting. */
function addSidecars(running: Sum, initContainers: readonly Container[]): Sum {
  const sidecars = newSum();
  const starting = newSum();
  for (const container of initContainers) {
    const own = containerRequests(container);
    if (container.restartPolicy === 'Always') {
      add(running, own);
      add(sidecars, own);
    } else {
      add(own, sidecars);
      raise(starting, own);
    }
  }
  return starting;
}

function containerRequests(container: Container): Sum {
  const requests = container.resources?.requests;
  if (!requests) return { cpu: 0, memory: 0, ephemeralStorage: 0, assumedCpu: assumedCpuOfSilent, assumedMemory: assumedMemoryOfSilent };
  const sum = requestsOf(requests);
  if (requests['cpu'] === undefined) sum.assumedCpu = assumedCpuOfSilent;
  if (requests['memory'] === undefined) sum.assumedMemory = assumedMemoryOfSilent;
  return sum;
}

function requestsOf(quantities: { readonly [name: string]: Quantity }): Sum {
  const sum = newSum();
  for (const name in quantities) set(sum, name, quantities[name]!);
  return sum;
}

function set(sum: Sum, name: string, quantity: Quantity): void {
  if (name === 'cpu') sum.cpu = sum.assumedCpu = milliUnitsOf(quantity);
  else if (name === 'memory') sum.memory = sum.assumedMemory = unitsOf(quantity);
  else if (name === 'ephemeral-storage') sum.ephemeralStorage = unitsOf(quantity);
  else (sum.others ??= new Map()).set(name, unitsOf(quantity));
}

/** Requests of the whole pod take the place of its containers' for the resources that they name. */
function override(sum: Sum, quantities: { readonly [name: string]: Quantity }): void {
  for (const name in quantities) {
    if (name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) set(sum, name, quantities[name]!);
  }
}

function add(sum: Sum, more: Requests): void {
  sum.cpu += more.cpu;
  sum.memory += more.memory;
  sum.ephemeralStorage += more.ephemeralStorage;
  sum.assumedCpu += more.assumedCpu;
  sum.assumedMemory += more.assumedMemory;
  if (more.others) for (const [name, amount] of more.others) (sum.others ??= new Map()).set(name, (sum.others.get(name) ?? 0) + amount);
}

/** The larger of both, resource by resource. */
function raise(sum: Sum, other: Requests): void {
  sum.cpu = Math.max(sum.cpu, other.cpu);
  sum.memory = Math.max(sum.memory, other.memory);
  sum.ephemeralStorage = Math.max(sum.ephemeralStorage, other.ephemeralStorage);
  sum.assumedCpu = Math.max(sum.assumedCpu, other.assumedCpu);
  sum.assumedMemory = Math.max(sum.assumedMemory, other.assumedMemory);
  if (other.others) for (const [name, amount] of other.others) (sum.others ??= new Map()).set(name, Math.max(sum.others.get(name) ?? 0, amount));
}
