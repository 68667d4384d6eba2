// A new Service as a dry run on a fresh cluster would make it, so that its rules, which expect what the server hands out, can be asked
// without a cluster.
import type { FieldError } from '../../kube/field-error.ts';
import type { Service } from '../../schema/generated/types.ts';
import { allocate, isRefusal } from './service-allocation.ts';
import { addressPool, dryRunPools, serviceRange } from './service-pools.ts';

export function rehearse(service: Service): Service | readonly FieldError[] {
  const result = allocate(
    service,
    undefined,
    dryRunPools(addressPool(serviceRange), () => false),
  );
  if (!isRefusal(result)) return result.service;
  return 'invalid' in result ? result.invalid : [];
}
