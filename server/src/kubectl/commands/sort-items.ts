// --sort-by: objects in the order of one of their fields.
import { compareQuantities, parseQuantity } from '../../kube/quantity.ts';
import { relaxedPath } from '../output/custom-columns.ts';
import { resultsOf } from '../output/jsonpath/evaluate.ts';
import { parseTemplate } from '../output/jsonpath/parse.ts';
import { naturally } from '../output/yaml.ts';
import { problem, type Problem } from '../problem.ts';
import type { Item } from './items.ts';

/** The same items when no field is given. Objects without the field come first. */
export function sortItems(items: readonly Item[], field: string): readonly Item[] | Problem {
  if (field === '') return items;
  const relaxed = relaxedPath(field);
  if ('error' in relaxed) return problem(relaxed.error);
  const path = parseTemplate(relaxed.value);
  if ('error' in path) return problem(path.error);
  const keyed: { item: Item; value: unknown }[] = [];
  for (const item of items) {
    const results = resultsOf(path.value, item.object, { missing: 'allow' });
    if ('error' in results) return problem(results.error);
    keyed.push({ item, value: results.value[0]?.[0] });
  }
  return keyed.toSorted((a, b) => compare(a.value, b.value)).map(({ item }) => item);
}

function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const quantities = [parseQuantity(String(a)), parseQuantity(String(b))] as const;
  if (!('error' in quantities[0]) && !('error' in quantities[1])) return compareQuantities(quantities[0], quantities[1]);
  return naturally(String(a), String(b));
}
