// Ranges that cluster IPs come from: each is marked as ready, and one that is being deleted stays as long as addresses would be left that
// are in no other range (pkg/controller/servicecidrs).
import { formatTime, parseTime } from '../../../kube/time.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Condition, IPAddress, ServiceCIDR } from '../../../schema/generated/types.ts';
import { isStrictlyWithin } from '../../../validation/ip.ts';
import { addressPool, holds, numberOf } from '../../../validation/network/service-pools.ts';
import type { Controller, Plan } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Writer } from '../../runtime/writer.ts';

const ranges = 'servicecidrs.networking.k8s.io';
const addresses = 'ipaddresses.networking.k8s.io';
export const rangeFinalizer = 'networking.k8s.io/service-cidr-finalizer';

/** Time for everybody to hear that nothing is to be taken from the range any more. */
const graceMs = 10_000;

interface View {
  readonly range: ServiceCIDR;
  /** Addresses would be in no range without it. */
  readonly isNeeded: boolean;
}

interface RangePlan extends Plan {
  readonly finalizer?: 'add' | 'remove';
  readonly condition?: Omit<Condition, 'lastTransitionTime'>;
  readonly now: string;
}

export const readyCondition = { type: 'Ready', status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' };

const neededCondition = {
  type: 'Ready',
  status: 'False',
  reason: 'Terminating',
  message: 'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR',
};

export const serviceCidrController: Controller<View, RangePlan> = {
  name: 'service-cidr-controller',
  watches: [
    { resource: ranges, enqueue: ({ key, before, after }, reader) => (before && after ? [key] : [key, ...going(reader)]) },
    { resource: addresses, enqueue: (_, reader) => going(reader) },
  ],
  observe(key, reader) {
    const range = reader.get<ServiceCIDR>(ranges, undefined, key);
    return range && { range, isNeeded: range.metadata.deletionTimestamp !== undefined && isNeeded(range, reader) };
  },
  plan({ range: { metadata }, isNeeded }, nowMs) {
    const now = formatTime(nowMs);
    const isProtected = metadata.finalizers?.includes(rangeFinalizer) ?? false;
    const deletedAt = parseTime(metadata.deletionTimestamp);
    if (deletedAt === undefined) return { now, condition: readyCondition, ...(!isProtected && { finalizer: 'add' as const }) };
    if (isNeeded) return { now, condition: neededCondition };
    const restMs = deletedAt + graceMs - nowMs;
    if (restMs > 0) return { now, requeueAfterMs: restMs };
    return { now, ...(isProtected && { finalizer: 'remove' as const }) };
  },
  apply: ({ finalizer, condition, now }, { range }, writer) => {
    const current = finalizer ? withFinalizer(range, finalizer, writer) : range;
    if (isStatus(current)) return current;
    return condition && withCondition(current, condition, now, writer);
  },
};

function withFinalizer(range: ServiceCIDR, change: 'add' | 'remove', writer: Writer): ServiceCIDR | Status {
  const others = (range.metadata.finalizers ?? []).filter((one) => one !== rangeFinalizer);
  const finalizers = change === 'add' ? [...others, rangeFinalizer] : others;
  return writer.update<ServiceCIDR>(ranges, { ...range, metadata: { ...range.metadata, finalizers } });
}

function withCondition(range: ServiceCIDR, condition: Omit<Condition, 'lastTransitionTime'>, now: string, writer: Writer): Status | undefined {
  const before = range.status?.conditions?.find(({ type }) => type === condition.type);
  if (before?.status === condition.status && before.reason === condition.reason && before.message === condition.message) return undefined;
  const others = (range.status?.conditions ?? []).filter(({ type }) => type !== condition.type);
  const written = writer.updateStatus<ServiceCIDR>(ranges, { ...range, status: { conditions: [...others, { ...condition, lastTransitionTime: now }] } });
  return isStatus(written) ? written : undefined;
}

/** Ranges that wait for their addresses to go. */
function going(reader: Reader): readonly string[] {
  return [...reader.collection(ranges)].flatMap(([key, { metadata }]) => (metadata.deletionTimestamp === undefined ? [] : [key]));
}

function isNeeded(range: ServiceCIDR, reader: Reader): boolean {
  const all = [...reader.collection(ranges).values()] as readonly unknown[] as readonly ServiceCIDR[];
  const others = all.filter(({ metadata }) => metadata.uid !== range.metadata.uid).flatMap(({ spec }) => spec.cidrs ?? []);
  const own = range.spec.cidrs ?? [];
  if (own.every((cidr) => others.some((other) => other === cidr || isStrictlyWithin(cidr, other) === true))) return false;
  for (const { metadata } of reader.collection(addresses).values() as Iterable<IPAddress>) {
    if (metadata.labels?.['ipaddress.kubernetes.io/managed-by'] !== 'ipallocator.k8s.io') continue;
    const isIn = (cidr: string) => holdsIp(cidr, metadata.name);
    if (own.some(isIn) && !others.some(isIn)) return true;
  }
  return false;
}

function holdsIp(cidr: string, ip: string): boolean {
  const pool = addressPool(cidr);
  if (pool) return !ip.includes(':') && holds(pool, numberOf(ip));
  return isStrictlyWithin(`${ip}/128`, cidr) === true;
}
