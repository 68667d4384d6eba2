// The text of explain. Source: kubectl pkg/explain/v2/templates/plaintext.tmpl.
import type { KindInfo } from '../../../schema/kinds.ts';
import type { Explained } from './schema.ts';
import { wordWrap } from './word-wrap.ts';

type Field = Explained & { readonly required: boolean };

export interface ExplainOptions {
  readonly path: readonly string[];
  /** Fields inside fields, without their texts. */
  readonly recursive: boolean;
}

/** `missing`: the field that is not there; the text then ends with the head. */
export function explain(kind: KindInfo, root: Explained, { path, recursive }: ExplainOptions): { readonly text: string; readonly missing?: string } {
  const head = [...(kind.group ? [`GROUP:      ${kind.group}`] : []), `KIND:       ${kind.kind}`, `VERSION:    ${kind.version}`, ''];
  let at = root;
  for (const name of path) {
    const next = at.fields().get(name);
    if (!next) return { text: `${head.join('\n')}\n`, missing: path.at(-1)! };
    at = next;
  }
  const field = path.length === 0 ? [] : [`FIELD: ${path.at(-1)} <${at.typeName}>`, ...enumBlock(at), ''];
  const descriptions = at.descriptions.length === 0 ? '<empty>' : at.descriptions.map((text) => `${text}\n`).join('');
  const description = ['DESCRIPTION:', indent(wordWrap(descriptions, 76), 4)];
  const fields = fieldList(at, 1, recursive, new Set());
  return { text: `${[...head, ...field, ...description].join('\n')}\n${fields === '' ? '' : `FIELDS:\n${fields}`}\n` };
}

const indent = (text: string, amount: number) => {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
};

/** Of the field that is asked about: one value a line. */
function enumBlock({ enum: values }: Explained): readonly string[] {
  return values.length === 0 ? [''] : ['ENUM:', ...values.map((value) => `    ${value === '' ? '""' : value}`)];
}

function fieldList(of: Explained, level: number, recursive: boolean, seen: ReadonlySet<string>): string {
  if (of.reference !== undefined && seen.has(of.reference)) return '';
  const inside = of.reference === undefined ? seen : new Set([...seen, of.reference]);
  return [...of.fields()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => fieldText(name, field, level, recursive) + (recursive ? fieldList(field, level + 1, true, inside) : ''))
    .join('');
}

const mostValues = 4;

function fieldText(name: string, field: Field, level: number, short: boolean): string {
  const amount = level * 2;
  const pad = ' '.repeat(amount);
  const values = field.enum.slice(0, mostValues).map((value) => (value === '' ? '""' : value));
  const listed = values.length === 0 ? '' : `${pad}enum: ${values.join(', ')}${field.enum.length > mostValues ? ', ....' : ''}\n`;
  const head = `${pad}${name}\t<${field.typeName}>${field.required ? ' -required-' : ''}\n${listed}`;
  return short ? head : `${head}${indent(wordWrap(field.description || '<no description>', 78 - amount), amount + 2)}\n\n`;
}
