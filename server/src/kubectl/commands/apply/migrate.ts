// From client-side to server-side apply: the fields that the one owned become the other's.
// Source: k8s.io/client-go/util/csaupgrade.
import { lastAppliedKey } from '../../../cluster/registry/patch/last-applied.ts';
import { isMap } from '../../../cluster/registry/patch/json.ts';
import type { KubeObject } from '../../../kube/object.ts';

interface Entry {
  readonly manager?: string;
  readonly operation?: string;
  readonly apiVersion?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Fields;
}

interface Fields {
  readonly [field: string]: Fields;
}

export function ownsLastApplied(entry: Entry, operation: 'Apply' | 'Update'): boolean {
  const annotations = entry.fieldsV1?.['f:metadata']?.['f:annotations'];
  return entry.operation === operation && !entry.subresource && annotations?.[`f:${lastAppliedKey}`] !== undefined;
}

/** Undefined: nobody has used client-side apply. */
export function migratedManagers(object: KubeObject, manager: string): readonly Entry[] | undefined {
  const entries = (object.metadata.managedFields ?? []) as readonly Entry[];
  const old = new Set(entries.filter((entry) => ownsLastApplied(entry, 'Update')).map((entry) => entry.manager));
  if (old.size === 0) return undefined;
  const isOld = (entry: Entry) => entry.operation === 'Update' && !entry.subresource && old.has(entry.manager);
  const own = entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource) ?? entries.find(isOld)!;
  const fields = entries.filter((entry) => isOld(entry) && entry.apiVersion === own.apiVersion).map((entry) => entry.fieldsV1 ?? {});
  const merged: Entry = { ...own, manager, operation: 'Apply', fieldsV1: withoutLastApplied([own.fieldsV1 ?? {}, ...fields].reduce(union)) };
  return entries.flatMap((entry) => (entry === own ? [merged] : isOld(entry) ? [] : [entry]));
}

function union(a: Fields, b: Fields): Fields {
  const all: Record<string, Fields> = { ...a };
  for (const [key, inner] of Object.entries(b)) all[key] = all[key] && isMap(inner) ? union(all[key], inner) : inner;
  return all;
}

/** The annotation itself has an owner of its own. */
function withoutLastApplied(fields: Fields): Fields {
  const { 'f:metadata': metadata, ...others } = fields;
  const { 'f:annotations': annotations, ...rest } = metadata ?? {};
  if (!annotations) return fields;
  const { [`f:${lastAppliedKey}`]: _, ...kept } = annotations;
  const left = Object.keys(kept).filter((key) => key !== '.').length > 0 ? { ...rest, 'f:annotations': kept } : rest;
  return Object.keys(left).length > 0 ? { 'f:metadata': left, ...others } : others;
}
