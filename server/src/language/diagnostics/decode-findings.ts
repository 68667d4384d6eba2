// What the API server's decoder finds: unknown fields and wrong types. The server stops at the first wrong type; an editor shows them all.
import type { Node, Path } from '../../manifest/tree.ts';
import type { DecodeProblem } from '../../schema/decode-value.ts';
import { pathText } from '../../schema/decode-value.ts';
import { decodeProblems } from '../../schema/decode.ts';
import type { FieldType } from '../../schema/fields.ts';
import { fieldsIn } from '../../schema/fields.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import type { Finding } from '../diagnostic.ts';
import { nearest } from '../did-you-mean.ts';
import { placeOf, typeWords } from '../schema-walk.ts';
import type { ObjectView } from './document-view.ts';

export function decodeFindings(view: ObjectView, kind: KindInfo): readonly Finding[] {
  return decodeProblems(kind, view.object.value).flatMap((problem) => {
    if (problem.what === 'unknown') return [unknownField(view, kind, problem)];
    // The text knows duplicate keys with both places; see text-findings.ts.
    return problem.what === 'type' ? [wrongType(view, kind, problem)] : [];
  });
}

function unknownField(view: ObjectView, kind: KindInfo, { path, message }: DecodeProblem): Finding {
  const name = String(path.at(-1));
  const parent = path.slice(0, -1);
  const type = placeOf(kind, parent)?.type;
  const span = view.keySpanOf(path);
  const present = view.nodeAt(parent)?.value;
  const missing = type?.is === 'object' ? [...fieldsIn(type).keys()].filter((field) => !Object.hasOwn(Object(present), field)) : [];
  const suggestion = nearest(name, missing);
  const where = parent.length === 0 ? kind.kind : `${pathText(parent)} (${type ? typeWords(type) : 'a value'})`;
  const elsewhere = suggestion === undefined ? placeWithField(kind, parent, name) : undefined;
  const advice = suggestion
    ? ` Did you mean "${suggestion}"?`
    : elsewhere
      ? ` It belongs to ${elsewhere}; check the indentation.`
      : ' Remove it, or check its indentation.';
  return {
    span,
    severity: 'error',
    code: 'unknown-field',
    message: `strict decoding error: ${message}`,
    explanation: `${where} has no field "${name}".${advice}`,
    ...(suggestion !== undefined && { replacements: [{ span, text: suggestion }] }),
  };
}

/** A field of that name further up or one level down: most unknown fields are good fields with the wrong indentation. */
function placeWithField(kind: KindInfo, parent: Path, name: string): string | undefined {
  const type = placeOf(kind, parent)?.type;
  if (type?.is === 'object') {
    for (const field of fieldsIn(type).values()) if (hasField(elementOf(field.type), name)) return pathText([...parent, field.name]);
  }
  for (let length = parent.length - 1; length >= 0; length--) {
    const above = parent.slice(0, length);
    if (hasField(placeOf(kind, above)?.type, name)) return length === 0 ? `the top of the ${kind.kind}` : pathText(above);
  }
  return undefined;
}

function elementOf(type: FieldType): FieldType {
  return type.is === 'list' ? elementOf(type.of) : type;
}

function hasField(type: FieldType | undefined, name: string): boolean {
  return type?.is === 'object' && fieldsIn(type).has(name);
}

function wrongType(view: ObjectView, kind: KindInfo, { path, message }: DecodeProblem): Finding {
  const span = view.spanOf(path);
  const node = view.nodeAt(path);
  const type = placeOf(kind, path)?.type;
  const name = [...path].reverse().find((step) => typeof step === 'string') ?? kind.kind;
  const text = type && node ? repaired(type, node) : undefined;
  const isThere = node !== undefined && span.start === node.start;
  return {
    span,
    severity: 'error',
    code: 'type',
    message,
    explanation: `${expectation(name, type)}${node ? `; this is ${nodeWords(node)}` : ''}.${text === undefined ? '' : ` Write ${text}.`}`,
    ...(text !== undefined && isThere && { replacements: [{ span, text }] }),
  };
}

function expectation(name: string | number, type: FieldType | undefined): string {
  if (!type) return `"${name}" has the wrong type`;
  const words = typeWords(type);
  return `"${name}" takes ${/^(text|true|any|base64)/.test(words) ? words : type.is === 'object' ? `a map (${words})` : `a ${words}`}`;
}

function nodeWords(node: Node): string {
  const { value } = node;
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  const source = node.is === 'scalar' && node.source !== String(value) ? `${node.source}, which YAML reads as ` : '';
  return typeof value === 'boolean' ? `the word ${source}${String(value)}` : `the number ${source}${value}`;
}

/** The value as the field wants it, where that is plain to see: quotes added or removed, one item made a list. */
function repaired(type: FieldType, node: Node): string | undefined {
  if (node.is !== 'scalar' || node.style === 'block') return undefined;
  const { value, source } = node;
  if (type.is === 'string' && value !== null && typeof value !== 'string') return JSON.stringify(source);
  if (type.is === 'list' && typeof value === 'string' && type.of.is === 'string') return `[${JSON.stringify(value)}]`;
  if (typeof value !== 'string') return undefined;
  if (type.is === 'integer' && /^-?\d+$/.test(value)) return value;
  if (type.is === 'boolean' && /^(true|yes|on)$/i.test(value)) return 'true';
  if (type.is === 'boolean' && /^(false|no|off)$/i.test(value)) return 'false';
  if (type.is === 'quantity') return quantity(value);
  return undefined;
}

/** '512MB' → 512M, '512mi' → 512Mi, '1 Gi' → 1Gi. */
function quantity(text: string): string | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text);
  if (!match) return undefined;
  const unit = match[2]?.replace(/b$/i, '') ?? '';
  const known = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'k', 'M', 'G', 'T', 'P', 'E', 'm', 'n', 'u'];
  const suffix = known.find((one) => one === unit) ?? known.find((one) => one.toLowerCase() === unit.toLowerCase());
  return suffix && `${match[1]}${suffix}`;
}
