// The rows of custom kinds: cells found by the paths of their definition (apiextensions-apiserver registry/customresource/tableconvertor).
import type { KubeObject } from '../../kube/object.ts';
import { parseTime } from '../../kube/time.ts';
import type { CustomKind } from '../../schema/custom/custom-kind.ts';
import { resultsOf, textOf } from '../output/jsonpath/evaluate.ts';
import { parseTemplate } from '../output/jsonpath/parse.ts';
import { since, type Cell } from './cell.ts';

export function customCells({ columns, cellPaths }: CustomKind, object: KubeObject, now: number): readonly Cell[] {
  return [object.metadata.name, ...cellPaths.map((path, i) => cellAt(object, path, columns[i + 1]!.type, now))];
}

function cellAt(object: KubeObject, path: string, type: string, now: number): Cell {
  const template = parseTemplate(`{${path}}`);
  const found = 'error' in template ? template : resultsOf(template.value, object, { missing: 'allow' });
  const value = 'error' in found ? undefined : found.value[0]?.[0];
  if (value === undefined || value === null) return nothing;
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : nothing;
    case 'number':
      return typeof value === 'number' ? value : nothing;
    case 'boolean':
      return typeof value === 'boolean' ? value : nothing;
    case 'date':
      return typeof value === 'string' ? ageOf(value, now) : nothing;
    default:
      return textOf(value);
  }
}

/** The server sends null, which clients show as nothing. */
const nothing: Cell = null;

const ageOf = (value: string, now: number): Cell => (parseTime(value) === undefined ? '<invalid>' : since(value, now));
