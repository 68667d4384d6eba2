// The columns that the server puts into tables for `kubectl get`.
import type { KindInfo } from './kinds.ts';
import { columnTexts as parseTexts } from './generated/column-texts.ts';
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

interface Texts {
  readonly texts: readonly string[];
  readonly columns: Readonly<Record<string, readonly number[]>>;
}

let texts: Texts | undefined;

/** What is said about each column of a built-in kind, in their order. The texts are parsed at the first question. */
export function columnTextsOf(apiVersion: string, resource: string): readonly string[] {
  texts ??= parseTexts() as Texts;
  const key = `${apiVersion}/${resource}`;
  const numbers = Object.hasOwn(texts.columns, key) ? texts.columns[key]! : [];
  return numbers.map((number) => texts!.texts[number]!);
}
