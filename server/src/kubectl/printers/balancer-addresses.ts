// Where a load balancer can be reached, as the tables of Services and Ingresses show it: each address once, sorted.

interface Point {
  readonly ip?: string;
  readonly hostname?: string;
}

export function balancerAddresses(points: readonly Point[] | undefined): readonly string[] {
  const all = (points ?? []).flatMap(({ ip, hostname }) => ip || hostname || []);
  return [...new Set(all)].sort();
}
