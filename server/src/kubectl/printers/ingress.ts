import type { Ingress } from '../../schema/generated/types.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

export const ingressCells: CellsOf<Ingress> = (ingress, now) => [
  ingress.metadata.name,
  ingress.spec.ingressClassName ?? none,
  hostsOf(ingress),
  (ingress.status.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '').join(','),
  ingress.spec.tls?.length ? '80, 443' : '80',
  ageOf(ingress, now),
];

/** The first three hosts: 'a.example,b.example,c.example + 1 more...'; '*' without any. */
function hostsOf({ spec }: Ingress): string {
  const hosts = (spec.rules ?? []).flatMap(({ host }) => (host ? [host] : []));
  if (hosts.length === 0) return '*';
  return hosts.length > 3 ? `${hosts.slice(0, 3).join(',')} + ${hosts.length - 3} more...` : hosts.join(',');
}
