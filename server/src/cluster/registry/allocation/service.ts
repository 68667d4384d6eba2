// Gives a Service its addresses and ports, and says what goes back. The address is taken before the Service is written and released
// after it is gone or has changed, so that no two Services have it at any version.
import type { Status } from '../../../kube/status.ts';
import type { KubeObject } from '../../../kube/object.ts';
import type { Service } from '../../../schema/generated/types.ts';
import { invalid } from '../../../validation/invalid.ts';
import { allocate, isRefusal, type Refusal } from '../../../validation/network/service-allocation.ts';
import { familyOf } from '../../../validation/network/service-families.ts';
import { internalError, unexpected } from '../answers.ts';
import type { RegistryContext, Write } from '../context.ts';
import type { Begun, Belonging } from '../strategy.ts';
import { ipAddresses, poolsOf } from './pools.ts';

export function beginService(context: RegistryContext, next: Service, before: Service | undefined, { dryRun }: Write): Begun<Service> | Status {
  const result = allocate(next, before, poolsOf(context, dryRun));
  if (isRefusal(result)) return refused(next.metadata.name, result);
  const { service, taken, released } = result;
  return { object: service, claims: taken.map((ip) => ({ resource: ipAddresses, object: addressOf(ip, service) })), releases: released.map(addressNamed) };
}

/** Its Endpoints go with it at once, so that the next Service of this name does not begin with old ones. */
export function belongingsOfService({ metadata: { namespace, name }, spec }: Service): readonly Belonging[] {
  const ips = spec.clusterIPs?.[0] === 'None' ? [] : (spec.clusterIPs ?? []);
  return [{ resource: 'endpoints', namespace, name }, ...ips.map(addressNamed)];
}

const addressNamed = (name: string): Belonging => ({ resource: ipAddresses, namespace: undefined, name });

function addressOf(ip: string, { metadata: { namespace = '', name } }: Service): KubeObject {
  const address = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: { name: ip, labels: { 'ipaddress.kubernetes.io/ip-family': familyOf(ip), 'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io' } },
    spec: { parentRef: { resource: 'services', namespace, name } },
  };
  return address as unknown as KubeObject;
}

function refused(name: string, refusal: Refusal): Status {
  if ('invalid' in refusal) return invalid({ group: '', kind: 'Service' }, name, refusal.invalid);
  return 'internal' in refusal ? internalError(refusal.internal) : unexpected(refusal.unnamed);
}
