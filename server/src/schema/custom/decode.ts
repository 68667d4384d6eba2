// What the server makes of the body of a custom resource: unknown fields dropped and named, metadata read as ObjectMeta, the rest as sent.
import type { KubeObject } from '../../kube/object.ts';
import { decodeStruct, pathText } from '../decode-value.ts';
import { Entries, entriesOf, isObject, plain } from '../json-value.ts';
import type { CustomKind } from './custom-kind.ts';
import { prune, withoutNulls } from './prune.ts';

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
  if ('error' in meta) return { error: meta.error.replace('Go struct field ObjectMeta.', 'Go struct field ObjectMeta.metadata.') };
  const ownUnknown = meta.strictErrors.map((text) => text.replace(/^(\w+ field )"/, '$1"metadata.'));
  const pruned = custom.definition.spec.preserveUnknownFields === true ? { value: rest, unknown: [] } : prune(rest, custom.schema);
  const kept = withoutNulls(pruned.value, custom.schema);
  const unknown = pruned.unknown.map((path) => `unknown field "${path}"`);
  const object = { ...typeMeta, metadata: meta.value, ...kept, ...typeMeta } as unknown as KubeObject;
  return { object, strictErrors: [...new Set([...duplicates, ...ownUnknown.filter((text) => !duplicates.includes(text)), ...unknown])] };
}

function findDuplicates(value: unknown, path: readonly (string | number)[], found: string[]): void {
  if (Array.isArray(value)) return value.forEach((item, i) => findDuplicates(item, [...path, i], found));
  if (!isObject(value)) return;
  const seen = new Set<string>();
  for (const [key, one] of entriesOf(value)) {
    if (value instanceof Entries && seen.has(key)) found.push(`duplicate field "${pathText([...path, key])}"`);
    seen.add(key);
    findDuplicates(one, [...path, key], found);
  }
}
