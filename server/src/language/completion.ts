// What can be written at a place: keys that are not there yet, values from lists, kinds and apiVersions.
import { faultAnnotations } from '../kube/fault-annotations.ts';
import type { ManifestFile, PlacedDocument } from '../manifest/manifest-file.ts';
import type { Position, Range } from '../manifest/text.ts';
import type { Field, FieldType } from '../schema/fields.ts';
import { fieldsIn } from '../schema/fields.ts';
import type { Catalog } from '../schema/custom/catalog.ts';
import type { KindInfo } from '../schema/kinds.ts';
import type { LineContext } from './line-context.ts';
import { lineContext } from './line-context.ts';
import { enumOf, placeOf, typeWords } from './schema-walk.ts';

export interface Completion {
  readonly label: string;
  readonly is: 'field' | 'value' | 'kind';
  /** Type of a field, apiVersion of a kind. */
  readonly detail: string;
  /** Replaces `range`. Lines after the first are indented already. */
  readonly insert: string;
  readonly range: Range;
  /** A required field comes first. */
  readonly isPreferred: boolean;
}

type Choice = Omit<Completion, 'range'>;

export function completionsAt(file: ManifestFile, { document, line }: PlacedDocument, position: Position, catalog: Catalog): readonly Completion[] {
  const lines = document.text.split('\n').map((text) => text.replace(/\r$/, ''));
  const context = lineContext(lines, position.line - line, position.character);
  if (!context) return [];
  const range = { start: { line: position.line, character: context.column }, end: position };
  return choices(context, lines, catalog).map((choice) => ({ ...choice, range }));
}

function choices(context: LineContext, lines: readonly string[], catalog: Catalog): readonly Choice[] {
  const { path, key } = context;
  const top = new Map(lines.flatMap((text) => (/^(apiVersion|kind):\s*["']?([^"'\s#]+)/.exec(text) ? [topField(text)] : [])));
  if (path.length === 0 && key === 'apiVersion') return versionChoices(top.get('kind'), catalog);
  if (path.length === 0 && key === 'kind') return kindChoices(top.get('apiVersion'), catalog);
  const kind = catalog.kindOf(top.get('apiVersion') ?? '', top.get('kind') ?? '');
  if (!kind)
    return path.length === 0 && key === undefined
      ? ['apiVersion', 'kind', 'metadata'].filter((name) => !context.siblings.includes(name)).map((name) => plainKey(name))
      : [];
  return key === undefined ? keyChoices(kind, context) : valueChoices(kind, [...path, key]);
}

function topField(text: string): [string, string] {
  const [, name = '', value = ''] = /^(apiVersion|kind):\s*["']?([^"'\s#]+)/.exec(text) ?? [];
  return [name, value];
}

const plainKey = (name: string): Choice => ({ label: name, is: 'field', detail: '', insert: `${name}: `, isPreferred: true });

function versionChoices(kind: string | undefined, { kinds }: Catalog): readonly Choice[] {
  const ofKind = kinds.filter((one) => one.kind === kind);
  const versions = new Set((ofKind.length > 0 ? ofKind : kinds).map(({ apiVersion }) => apiVersion));
  return [...versions].map((version) => ({ label: version, is: 'value', detail: kind ?? '', insert: version, isPreferred: ofKind.length > 0 }));
}

function kindChoices(apiVersion: string | undefined, { kinds }: Catalog): readonly Choice[] {
  const served = kinds.filter((one) => apiVersion === undefined || one.apiVersion === apiVersion);
  return served.map((one) => ({ label: one.kind, is: 'kind', detail: one.apiVersion, insert: one.kind, isPreferred: false }));
}

/** In a list the keys of a new item, behind its dash. */
function keyChoices(kind: KindInfo, { path, siblings, indent }: LineContext): readonly Choice[] {
  const place = placeOf(kind, path);
  if (!place) return [];
  if (path.at(-1) === 'annotations' && place.type.is === 'map') return annotationChoices(kind, siblings);
  const type = place.type.is === 'list' ? place.type.of : place.type;
  if (type.is !== 'object') return enumChoices(type);
  const dash = place.type.is === 'list' ? '- ' : '';
  return [...fieldsIn(type).values()]
    .filter(({ name }) => !siblings.includes(name) && !(path.length === 0 && name === 'status'))
    .map((field) => ({
      label: field.name,
      is: 'field',
      detail: typeWords(field.type),
      insert: `${dash}${field.name}:${opening(field, indent + dash.length)}`,
      isPreferred: field.required,
    }));
}

/** What follows a new key: a space, or the beginning of a map or a list below it. */
function opening({ type }: Field, indent: number): string {
  const below = `\n${' '.repeat(indent + 2)}`;
  return type.is === 'list' ? `${below}- ` : type.is === 'map' || type.is === 'object' ? below : ' ';
}

function annotationChoices(kind: KindInfo, siblings: readonly string[]): readonly Choice[] {
  const on = kind.kind === 'Node' ? 'Node' : 'Pod';
  return faultAnnotations
    .filter((one) => one.on === on && !siblings.includes(one.name))
    .map(({ name, text }) => ({ label: name, is: 'field', detail: text, insert: `${name}: `, isPreferred: false }));
}

function valueChoices(kind: KindInfo, path: readonly (string | number)[]): readonly Choice[] {
  const place = placeOf(kind, path);
  if (!place) return [];
  const annotation =
    path.at(-2) === 'annotations' ? faultAnnotations.find((one) => one.name === path.at(-1) && (one.on === 'Node') === (kind.kind === 'Node')) : undefined;
  if (annotation && 'choices' in annotation.takes) return Object.entries(annotation.takes.choices).map(([value, text]) => valueChoice(value, text));
  return enumChoices(place.type);
}

function enumChoices(type: FieldType): readonly Choice[] {
  if (type.is === 'list' || type.is === 'map') return enumChoices(type.of);
  if (type.is === 'boolean') return ['true', 'false'].map((value) => valueChoice(value, ''));
  return enumOf(type).map((value) => valueChoice(type.is === 'string' && isReadOtherwise.test(value) ? JSON.stringify(value) : value, ''));
}

/** Texts that YAML would not read as text: nothing, numbers, true and its like. */
const isReadOtherwise = /^($|[-+.\d~]|(true|false|null|yes|no|on|off)$)/i;

function valueChoice(value: string, detail: string): Choice {
  return { label: value, is: 'value', detail, insert: value, isPreferred: false };
}
