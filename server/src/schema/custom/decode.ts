// What the server makes of the body of a custom resource: unknown fields dropped and named, metadata read as ObjectMeta, the rest as sent.
import type { KubeObject } from '../../kube/object.ts';
import { decodeStruct, pathText, problemsOfStruct, type DecodeProblem } from '../decode-value.ts';
import { Entries, entriesOf, isObject, plain } from '../json-value.ts';
import type { CustomKind } from './custom-kind.ts';
import { prune, withoutNulls, type Path, type Pruned } from './prune.ts';

/** `body` is an object of the JSON reader. `apiVersion` and `kind` are those that it has, or that it is taken to have. */
export function decodeCustom(
  custom: CustomKind,
  body: object,
  typeMeta: Pick<KubeObject, 'apiVersion' | 'kind'>,
): { readonly object: KubeObject; readonly strictErrors: readonly string[] } | { readonly error: string } {
  const duplicates: string[] = [];
  findDuplicates(body, [], duplicates);
  const { metadata, ...rest } = plain(body) as Readonly<Record<string, unknown>>;
  const meta = decodeStruct('ObjectMeta', metadata ?? {});
  if ('error' in meta) return { error: inMetadata(meta.error) };
  const ownUnknown = meta.strictErrors.map(inMetadata);
  const pruned = pruneUnlessKept(custom, rest);
  const kept = withoutNulls(pruned.value, custom.schema);
  const unknown = pruned.unknown.map(unknownField);
  const object = { ...typeMeta, metadata: meta.value, ...kept, ...typeMeta } as unknown as KubeObject;
  return { object, strictErrors: [...new Set([...duplicates, ...ownUnknown.filter((text) => !duplicates.includes(text)), ...unknown])] };
}

/** All wrong types of the metadata and all unknown fields, each at its place. Other types are the schema's business. */
export function customProblems(custom: CustomKind, body: Readonly<Record<string, unknown>>): readonly DecodeProblem[] {
  const { metadata, ...rest } = body;
  const own = problemsOfStruct('ObjectMeta', metadata ?? {}).map((one) => ({ ...one, path: ['metadata', ...one.path], message: inMetadata(one.message) }));
  const unknown = pruneUnlessKept(custom, rest).unknown.map((path) => ({ what: 'unknown' as const, path, message: unknownField(path) }));
  return [...own, ...unknown];
}

const unknownField = (path: Path) => `unknown field "${pathText(path)}"`;

const pruneUnlessKept = <T>({ definition, schema }: CustomKind, value: T): Pruned<T> =>
  definition.spec.preserveUnknownFields === true ? { value, unknown: [] } : prune(value, schema);

/** Metadata is read by itself; the server tells its fields from the top. */
const inMetadata = (text: string): string =>
  text.replace('Go struct field ObjectMeta.', 'Go struct field ObjectMeta.metadata.').replace(/^(\w+ field )"/, '$1"metadata.');

/** `duplicate field "data.a"`: of a value as parsed, to the end of `found`. */
export function findDuplicates(value: unknown, path: readonly (string | number)[], found: string[]): void {
  if (Array.isArray(value)) return value.forEach((item, i) => findDuplicates(item, [...path, i], found));
  if (!isObject(value)) return;
  const seen = new Set<string>();
  for (const [key, one] of entriesOf(value)) {
    if (value instanceof Entries && seen.has(key)) found.push(`duplicate field "${pathText([...path, key])}"`);
    seen.add(key);
    findDuplicates(one, [...path, key], found);
  }
}
