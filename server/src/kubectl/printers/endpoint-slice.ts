import type { EndpointSlice } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const endpointSliceCells: CellsOf<EndpointSlice> = (slice, now) => [
  slice.metadata.name,
  slice.addressType,
  firstThree(
    (slice.ports ?? []).map(({ port, name }) => (port === undefined ? (name ?? '*') : String(port))),
    '<unset>',
  ),
  firstThree(
    (slice.endpoints ?? []).flatMap(({ addresses }) => addresses),
    '<unset>',
  ),
  ageOf(slice, now),
];

function firstThree(all: readonly string[], otherwise: string): string {
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown || otherwise;
}
