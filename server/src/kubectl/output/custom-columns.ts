// `-o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image`
import { goText } from '../../kube/go-values.ts';
import { resultsOf } from './jsonpath/evaluate.ts';
import { parseTemplate, type Parsed, type Template } from './jsonpath/parse.ts';

export interface CustomColumn {
  readonly header: string;
  readonly path: Template;
}

export function parseCustomColumns(spec: string): Parsed<readonly CustomColumn[]> {
  if (spec === '') return { error: 'custom-columns format specified but no custom columns given' };
  const columns: CustomColumn[] = [];
  for (const part of splitOutsideBrackets(spec)) {
    const colon = part.indexOf(':');
    if (colon < 0) return { error: `unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>` };
    const relaxed = relaxedPath(part.slice(colon + 1));
    if ('error' in relaxed) return relaxed;
    const path = parseTemplate(relaxed.value);
    if ('error' in path) return path;
    columns.push({ header: part.slice(0, colon), path: path.value });
  }
  return { value: columns };
}

/** The cells of one object; a path that finds nothing shows `<none>`. */
export function customCells(columns: readonly CustomColumn[], object: unknown): Parsed<readonly string[]> {
  const cells: string[] = [];
  for (const { path } of columns) {
    const results = resultsOf(path, object, { missing: 'allow' });
    if ('error' in results) return results;
    const values = results.value.flat().map(goText);
    cells.push(values.length === 0 || results.value[0]!.length === 0 ? ['<none>', ...values].join(',') : values.join(','));
  }
  return { value: cells };
}

/** 'x.y', '.x.y', '{x.y}' and '{.x.y}' all mean '{.x.y}'. Also used by --sort-by. */
export function relaxedPath(text: string): Parsed<string> {
  if (text === '') return { value: '' };
  const found = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (!found) return { error: `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'` };
  return { value: `{.${found[1] ?? found[2]}}` };
}

/** Commas inside brackets belong to a path: 'A:.x[0,1],B:.y'. */
const splitOutsideBrackets = (text: string): readonly string[] => text.split(/,(?![^[\]]*\])/);
