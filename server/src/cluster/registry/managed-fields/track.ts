// metadata.managedFields: who last set which field, kept up to date with every write of a user (structured-merge-diff merge.Updater).
// Components are not tracked: their writes leave the entries as they are.
import type { KubeObject } from '../../../kube/object.ts';
import { zeroStruct } from '../../../schema/zero.ts';
import type { JsonMap } from '../patch/json.ts';
import { compare, type Comparison } from './compare.ts';
import { entriesOf, isSameManager, readEntries, unmanaged, withEntries, withoutServerOwned, type Entry, type FieldManager } from './entries.ts';
import { difference, emptySet, includes, isEmptySet, isEqualSet, overlap, union, without, type FieldSet } from './field-set.ts';
import type { RootType } from './parts.ts';

/**
 * `before` is absent when the object is new. Gives back `after` with its entries. `reset`: what the server sets whatever is sent, like
 * the status of a new object, and what is therefore nobody's.
 */
export function trackUpdate<T extends KubeObject>(
  type: RootType,
  before: KubeObject | undefined,
  after: T,
  manager: FieldManager,
  time: string,
  reset?: readonly string[],
): T {
  const sent = after.metadata.managedFields;
  const entries = (sent && readEntries(sent)) ?? entriesOf(before?.metadata.managedFields);
  // What nobody owns is only tracked from the first apply on.
  if (before && entries.length === 0) return withEntries(after, entries);
  const { changed, removed } = changesOf(type, before, after);
  return withEntries(after, updatedEntries(entries, { changed: reset ? without(changed, reset) : changed, removed }, manager, time));
}

export const changesOf = (type: RootType, before: KubeObject | undefined, after: KubeObject): Comparison =>
  compare(before ? unmanaged(before) : typeof type === 'string' ? (zeroStruct(type) as JsonMap) : {}, unmanaged(after), type);

/** The entries after an update by this manager; the very same ones when it only set again what it owns alone. */
export function updatedEntries(entries: readonly Entry[], { changed, removed }: Comparison, manager: FieldManager, time: string): readonly Entry[] {
  const set = withoutServerOwned(changed);
  const own = entries.find((entry) => isSameManager(entry, manager));
  const isNews = !own || !isEmptySet(removed) || !includes(own.fields, set);
  if (!isNews && !entries.some((entry) => entry !== own && overlap(entry.fields, set))) return entries;
  const others = entries.filter((entry) => entry !== own).map((entry) => lessOf(entry, union(set, removed)));
  return [...others, entryWith(own, manager, union(difference(own?.fields ?? emptySet, removed), set), time)];
}

/** What somebody else set, or what is gone, is no longer this one's. */
export const lessOf = (entry: Entry, lost: FieldSet): Entry => ({ ...entry, fields: difference(entry.fields, lost) });

/** The entry of a manager that owns these fields from now on. The time is that of the last change. */
function entryWith(own: Entry | undefined, manager: FieldManager, fields: FieldSet, time: string): Entry {
  return own && isEqualSet(own.fields, fields) ? own : { ...manager, time, fields };
}
