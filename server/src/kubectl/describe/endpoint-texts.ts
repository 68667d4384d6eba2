// The addresses behind a Service, as descriptions of Services and Ingresses list them.
// Source: formatEndpointSlices (kubectl pkg/describe).
import type { EndpointSlice } from '../../schema/generated/types.ts';
import type { Around } from './describer.ts';
import { none } from './lines.ts';

export const slicesOf = (namespace: string | undefined, service: string, around: Around): readonly EndpointSlice[] =>
  around.list<EndpointSlice>('discovery.k8s.io/v1', 'EndpointSlice', {
    labelSelector: `kubernetes.io/service-name=${service}`,
    ...(namespace !== undefined && { namespace }),
  });

const most = 3;

/** '10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 2 more...': the ready ones at the port of that name. */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return none;
  const texts: string[] = [];
  let count = 0;
  for (const { ports = [], endpoints = [] } of slices) {
    if (ports.length === 0) {
      // Without ports an address alone is told.
      for (const { addresses } of endpoints) {
        if (texts.length < most) texts.push(addresses.join(','));
        count++;
      }
      continue;
    }
    for (const port of ports) {
      if (portName !== (port.name ?? '')) continue;
      for (const { conditions, addresses } of endpoints) {
        if (conditions?.ready === false) continue;
        for (const address of addresses) {
          if (texts.length < most) texts.push(port.port === undefined ? address : `${address.includes(':') ? `[${address}]` : address}:${port.port}`);
          count++;
        }
      }
    }
  }
  return `${texts.join(',')}${count > most ? ` + ${count - most} more...` : ''}`;
}
