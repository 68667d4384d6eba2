// What claims of volumes and of devices count for a quota.
import { addQuantities, compareQuantities, quantityOf, quantityToNumber, type Quantity } from '../../../../kube/quantity.ts';
import { isEqual } from '../../../../kube/equal.ts';
import type { PersistentVolumeClaim } from '../../../../schema/generated/types.ts';
import { claimClassOf } from '../claim-class.ts';
import { one, zero, type Amounts } from './amounts.ts';
import type { Evaluator } from './evaluator.ts';
import { selects } from './scope-selector.ts';

const counted = ['persistentvolumeclaims', 'requests.storage'];
const byClass = '.storageclass.storage.k8s.io/';

export const volumeClaimEvaluator: Evaluator = {
  handles({ operation, object, before, write }) {
    if (operation === 'DELETE') return false;
    return (
      write.subresource === undefined || (write.subresource === 'status' && changesUsage(object as PersistentVolumeClaim, before as PersistentVolumeClaim))
    );
  },
  counts: (name) => name === 'count/persistentvolumeclaims' || counted.includes(name) || counted.some((plain) => name.endsWith(byClass + plain)),
  isWithin(scope, object) {
    if (scope.scopeName !== 'VolumeAttributesClass') return false;
    const classes = attributesClassesOf(object as PersistentVolumeClaim);
    return classes.length === 0 ? selects(scope, undefined) : classes.some((name) => selects(scope, name));
  },
  mayChange: () => true,
  usage(object) {
    const claim = object as PersistentVolumeClaim;
    const usage = new Map<string, Quantity>([
      ['persistentvolumeclaims', one],
      ['count/persistentvolumeclaims', one],
    ]);
    const storage = storageOf(claim);
    if (storage) usage.set('requests.storage', storage);
    const className = claimClassOf(claim);
    if (className) for (const name of counted) if (usage.has(name)) usage.set(className + byClass + name, usage.get(name)!);
    return usage;
  },
};

/** The request, or what is being allocated when that is more. */
function storageOf({ spec, status }: PersistentVolumeClaim): Quantity | undefined {
  const asked = spec.resources?.requests?.['storage'];
  if (asked === undefined) return undefined;
  const [request, allocated] = [quantityOf(asked), quantityOf(status?.allocatedResources?.['storage'] ?? '0')];
  return wholeBytes(compareQuantities(allocated, request) > 0 ? allocated : request);
}

/** Fractions of bytes are rounded up: a quota may not hold any. */
function wholeBytes(amount: Quantity): Quantity {
  const whole = quantityOf(quantityToNumber(amount));
  return compareQuantities(whole, amount) > 0 ? whole : amount;
}

function attributesClassesOf({ spec, status }: PersistentVolumeClaim): readonly string[] {
  const names = [spec.volumeAttributesClassName, status?.currentVolumeAttributesClassName, status?.modifyVolumeStatus?.targetVolumeAttributesClassName];
  return [...new Set(names.filter((name) => name !== undefined && name !== ''))] as string[];
}

export const changesUsage = (claim: PersistentVolumeClaim, before: PersistentVolumeClaim): boolean =>
  claim.status?.allocatedResources?.['storage'] !== before.status?.allocatedResources?.['storage'] ||
  !isEqual([...attributesClassesOf(claim)].sort(), [...attributesClassesOf(before)].sort());

interface DeviceRequest {
  readonly deviceClassName: string;
  readonly allocationMode?: string;
  readonly count?: number;
}

interface ResourceClaimSpec {
  readonly devices?: { readonly requests?: readonly { readonly exactly?: DeviceRequest; readonly firstAvailable?: readonly DeviceRequest[] }[] };
}

const mostDevices = 32;
const byDeviceClass = '.deviceclass.resource.k8s.io/devices';

export const deviceClaimEvaluator: Evaluator = {
  handles: ({ operation, write }) => write.subresource === undefined && operation !== 'DELETE',
  counts: (name) => name === 'count/resourceclaims.resource.k8s.io' || name.endsWith(byDeviceClass),
  isWithin: () => false,
  mayChange: () => true,
  usage(object) {
    const { spec } = object as unknown as { readonly spec: ResourceClaimSpec };
    const usage = new Map<string, Quantity>([['count/resourceclaims.resource.k8s.io', one]]);
    for (const { exactly, firstAvailable } of spec.devices?.requests ?? []) {
      for (const [name, amount] of mostOf(firstAvailable ?? (exactly ? [exactly] : []))) usage.set(name, addQuantities(usage.get(name) ?? zero, amount));
    }
    return usage;
  },
};

/** Of alternatives, the most devices of each class that may come of it. */
function mostOf(alternatives: readonly DeviceRequest[]): Amounts {
  const most = new Map<string, Quantity>();
  for (const { deviceClassName, allocationMode, count } of alternatives) {
    const devices = allocationMode === 'ExactCount' ? (count ?? 0) : allocationMode === 'All' ? mostDevices : 0;
    const name = deviceClassName + byDeviceClass;
    const amount = quantityOf(devices);
    if (compareQuantities(amount, most.get(name) ?? zero) >= 0) most.set(name, amount);
  }
  return most;
}
