// What stands under the pointer: first what is wrong with it, then what the field is.
import { formatGoDuration } from '../kube/duration.ts';
import type { FaultAnnotation } from '../kube/fault-annotations.ts';
import { faultAnnotationOf } from '../kube/fault-annotations.ts';
import type { ManifestFile, PlacedDocument } from '../manifest/manifest-file.ts';
import type { Position, Range } from '../manifest/text.ts';
import type { Path } from '../manifest/tree.ts';
import { find, pathAt } from '../manifest/tree.ts';
import type { Field } from '../schema/fields.ts';
import type { Schema } from '../schema/custom/structural.ts';
import type { KindInfo } from '../schema/kinds.ts';
import type { Finding } from './diagnostic.ts';
import type { LocatedObject } from './kubernetes-object.ts';
import { enumOf, placeOf, typeWords } from './schema-walk.ts';

export interface Hover {
  readonly range: Range;
  /** Markdown. */
  readonly text: string;
}

/** The descriptions of fields and kinds: a large table that is loaded when somebody first points at something. */
export interface Descriptions {
  describeField(type: string, field: string): string | undefined;
  describeType(type: string): string | undefined;
}

/** What is known of the document. */
export interface HoverContext {
  readonly findings: readonly Finding[];
  readonly objects: readonly LocatedObject[];
  readonly descriptions: () => Promise<Descriptions>;
}

export async function hoverAt(
  file: ManifestFile,
  placed: PlacedDocument,
  position: Position,
  { findings, objects, descriptions }: HoverContext,
): Promise<Hover | undefined> {
  const { document } = placed;
  const offset = file.offsetAt(position) - placed.offset;
  const here = findings.filter(({ span }) => span.start <= offset && offset <= span.end);
  const target = document.root && !document.isTemplate ? pathAt(document.root, offset) : undefined;
  const object = target && objects.find(({ path }) => path.every((step, index) => target.path[index] === step));
  const path = target && object ? target.path.slice(object.path.length) : [];
  const documentation = object?.info && path.length > 0 ? fieldText(object.info, path, await descriptions()) : undefined;
  const sections = [...explanations(here), ...(documentation ? [documentation] : [])];
  if (sections.length === 0) return undefined;
  const span = here[0]?.span ?? hoveredSpan(object, path, offset);
  return { range: file.rangeIn(placed, span), text: sections.join('\n\n---\n\n') };
}

function hoveredSpan(object: LocatedObject | undefined, path: Path, offset: number): { start: number; end: number } {
  const found = object && find(object.node, path);
  const key = found?.pair?.keySpan;
  if (key && key.start <= offset && offset <= key.end) return key;
  return found && found.node.is === 'scalar' ? found.node : (key ?? { start: offset, end: offset });
}

/** On apiVersion and kind: what the kind is. Elsewhere: the field, its type, default and values, and its description. */
function fieldText(kind: KindInfo, path: Path, { describeField, describeType }: Descriptions): string | undefined {
  if (path.length === 1 && (path[0] === 'apiVersion' || path[0] === 'kind'))
    return `**${kind.kind}** · ${kind.apiVersion}\n\n${(kind.custom ? kind.custom.schema.description : describeType(kind.type)) ?? ''}`.trim();
  const annotation = path.at(-2) === 'annotations' ? faultAnnotationOf(kind.kind === 'Node' ? 'Node' : 'Pod', String(path.at(-1))) : undefined;
  if (annotation) return annotationText(annotation);
  const place = placeOf(kind, path);
  if (!place?.field) return undefined;
  const { field, owner, schema } = place;
  const head = `**${field.name}** · ${typeWords(field.type)}${field.required ? ' · required' : ''}`;
  const description = schema?.description ?? describeField(owner, field.name);
  return [head, description, ...facts(field), ...(schema ? schemaFacts(schema) : [])].filter(Boolean).join('\n\n');
}

function annotationText({ name, text, takes }: FaultAnnotation): string {
  return [`**${name}** · read by Drydock's nodes`, text, valuesText(takes)].join('\n\n');
}

function valuesText(takes: FaultAnnotation['takes']): string {
  if ('quantity' in takes) return `Default: ${takes.quantity}`;
  if ('duration' in takes) return `Default: \`${formatGoDuration(takes.duration)}\``;
  return Object.entries(takes.choices)
    .map(([value, what]) => `- \`${value}\`: ${what}`)
    .join('\n');
}

function facts(field: Field): readonly string[] {
  const values = enumOf(field.type);
  const isPlainDefault = field.default !== undefined && (typeof field.default !== 'object' || field.default === null) && field.default !== '';
  return [
    ...(isPlainDefault ? [`Default: \`${String(field.default)}\``] : []),
    ...(values.length > 0 ? [`One of: ${values.map((value) => `\`${value}\``).join(', ')}`] : []),
  ];
}

/** What a definition asks of a value beside its type. */
function schemaFacts(schema: Schema): readonly string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, pattern, format, 'x-kubernetes-validations': rules = [] } = schema;
  const range = [
    ...(minimum === undefined ? [] : [`${exclusiveMinimum ? 'more than' : 'at least'} ${minimum}`]),
    ...(maximum === undefined ? [] : [`${exclusiveMaximum ? 'less than' : 'at most'} ${maximum}`]),
    ...(minLength === undefined ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
  ];
  return [
    ...(range.length > 0 ? [`Takes ${range.join(', ')}`] : []),
    ...(pattern ? [`Matches: \`${pattern}\``] : []),
    ...(format ? [`Format: \`${format}\``] : []),
    ...rules.map(({ rule, message }) => `Rule: ${message ? escape(message) : `\`${rule}\``}`),
  ];
}

/** Messages are text, not Markdown. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

/** Editors show the message of a diagnostic themselves; it is repeated only where there are several to tell apart. */
function explanations(here: readonly Finding[]): readonly string[] {
  if (here.length === 1) return here.map(({ explanation }) => escape(explanation));
  return here.map(({ message, explanation }) => `**${escape(message)}**\n\n${escape(explanation)}`);
}
