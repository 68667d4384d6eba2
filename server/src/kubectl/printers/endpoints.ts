import type { Endpoints } from '../../schema/generated/types.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

export const endpointsCells: CellsOf<Endpoints> = (endpoints, now) => [endpoints.metadata.name, addressesOf(endpoints), ageOf(endpoints, now)];

/** The first three addresses: '10.0.0.1:80,10.0.0.2:80 + 1 more...'; nothing when all there are are not ready. */
function addressesOf({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return none;
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`))),
  );
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown;
}
