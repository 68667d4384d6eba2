// --sort-by: objects in the order of one of their fields.
import { compareQuantities, parseQuantity } from '../../kube/quantity.ts';
import { relaxedPath } from '../output/custom-columns.ts';
import { resultsOf } from '../output/jsonpath/evaluate.ts';
import { parseTemplate } from '../output/jsonpath/parse.ts';
import { naturally } from '../output/yaml.ts';
import { problem, type Problem } from '../problem.ts';
import type { Item } from './items.ts';

/** The same items when no field is given. Objects without the field come first; when all lack it, it is taken for a mistake. */
export function sortItems(items: readonly Item[], field: string): readonly Item[] | Problem {
  if (field === '' || items.length === 0) return items;
  const relaxed = relaxedPath(field);
  if ('error' in relaxed) return problem(relaxed.error);
  const path = parseTemplate(relaxed.value);
  if ('error' in path) return problem(path.error);
  const keyed: Keyed[] = [];
  for (const item of items) {
    const results = resultsOf(path.value, item.object, { missing: 'allow' });
    if ('error' in results) return problem(results.error);
    keyed.push({ item, value: results.value[0]?.[0] });
  }
  if (keyed.every(({ value }) => value === undefined)) return unknownField(relaxed.value);
  return sorted(keyed).map(({ item }) => item);
}

/** What is also said of any field when tables of several kinds, or of several names, were to be sorted. */
export function unsortable(field: string): Problem {
  const relaxed = relaxedPath(field);
  return 'error' in relaxed ? problem(relaxed.error) : unknownField(relaxed.value);
}

const unknownField = (path: string) => problem(`couldn't find any field with path "${path}" in the list of objects`);

interface Keyed {
  readonly item: Item;
  readonly value: unknown;
}

/**
 * Go's sort of up to twelve elements is by insertion, and an object without the field is "less" than any other, also than one that
 * lacks it too: a, b and c without the field come out as c, b, a.
 */
function sorted(keyed: readonly Keyed[]): readonly Keyed[] {
  const order = [...keyed];
  if (order.length > 12) return order.sort((a, b) => compare(a.value, b.value));
  for (let i = 1; i < order.length; i++) {
    for (let j = i; j > 0 && isLess(order[j]!.value, order[j - 1]!.value); j--) [order[j - 1], order[j]] = [order[j]!, order[j - 1]!];
  }
  return order;
}

const isLess = (a: unknown, b: unknown): boolean => a === undefined || compare(a, b) < 0;

function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const quantities = [parseQuantity(String(a)), parseQuantity(String(b))] as const;
  if (!('error' in quantities[0]) && !('error' in quantities[1])) return compareQuantities(quantities[0], quantities[1]);
  return naturally(String(a), String(b));
}
