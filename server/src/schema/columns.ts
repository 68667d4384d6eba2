// The columns that the server puts into tables for `kubectl get`.
import type { KindInfo } from './kinds.ts';
import { table as json } from './generated/table.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  /** 0 is always shown, 1 only with -o wide. */
  readonly priority: number;
  readonly description?: string;
}

const { columns: rows } = json as { columns: Readonly<Record<string, readonly (readonly [string, string, string, number])[]>> };
const byName: readonly Column[] = [
  { name: 'Name', type: 'string', format: 'name', priority: 0 },
  { name: 'Created At', type: 'date', priority: 0 },
];

/** The columns of a kind, built in or custom. */
export const columnsOfKind = ({ apiVersion, resource, custom }: KindInfo): readonly Column[] => custom?.columns ?? columnsOf(apiVersion, resource);

/** `columnsOf('apps/v1', 'deployments')`; a resource without columns of its own gets Name and Created At. */
export function columnsOf(apiVersion: string, resource: string): readonly Column[] {
  const found = Object.hasOwn(rows, `${apiVersion}/${resource}`) ? rows[`${apiVersion}/${resource}`] : undefined;
  return found?.map(([name, type, format, priority]) => ({ name, type, ...(format && { format }), priority })) ?? byName;
}
