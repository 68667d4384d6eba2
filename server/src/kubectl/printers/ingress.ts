import type { Ingress } from '../../schema/generated/types.ts';
import { balancerAddresses } from './balancer-addresses.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

export const ingressCells: CellsOf<Ingress> = (ingress, now) => [
  ingress.metadata.name,
  ingress.spec.ingressClassName ?? none,
  hostsOf(ingress),
  balancerAddresses(ingress.status.loadBalancer?.ingress).join(','),
  ingress.spec.tls?.length ? '80, 443' : '80',
  ageOf(ingress, now),
];

const shown = 3;

/** The first three hosts: 'a.example,b.example,c.example + 1 more...'; '*' without any. What is more are the rules, with a host or without. */
function hostsOf({ spec: { rules = [] } }: Ingress): string {
  const withHost = rules.flatMap(({ host }, i) => (host ? [{ host, i }] : []));
  const first = withHost.slice(0, shown).map(({ host }) => host);
  if (first.length === 0) return '*';
  const isMore = first.length === shown && withHost[shown - 1]!.i < rules.length - 1;
  return isMore ? `${first.join(',')} + ${rules.length - shown} more...` : first.join(',');
}
