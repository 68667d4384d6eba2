// Server-side apply (structured-merge-diff merge.Updater.Apply): the configuration is laid over the live object, what its applier no
// longer mentions is pruned, and what others own and it would change is a conflict unless it is taken by force.
import type { KubeObject } from '../../../kube/object.ts';
import type { JsonMap } from '../patch/json.ts';
import { compare } from './compare.ts';
import { entriesOf, isSameManager, unmanaged, withEntries, withoutServerOwned, type Entry, type FieldManager } from './entries.ts';
import { difference, emptySet, intersection, isEmptySet, union, without, type FieldSet } from './field-set.ts';
import { isTakenOver, lastAppliedFields, withLastApplied } from './last-applied-fields.ts';
import { merge } from './merge.ts';
import { prune } from './prune.ts';
import { setOf } from './set-of.ts';
import { changesOf, lessOf, updatedEntries } from './track.ts';
import type { RootType } from './parts.ts';

/** Fields that another manager owns and the configuration would change. */
export interface Conflict {
  readonly manager: FieldManager;
  readonly fields: FieldSet;
}

export interface Application {
  readonly type: RootType;
  /** Absent: the object is new. */
  readonly live: KubeObject | undefined;
  readonly configuration: JsonMap;
  readonly manager: FieldManager;
  readonly force: boolean;
  readonly time: string;
  /** Places that the server does not take from this request: `f:status` of an object, `f:spec` of its status. */
  readonly reset: readonly (readonly string[])[];
}

export function applyConfiguration(application: Application): { readonly object: KubeObject } | { readonly conflicts: readonly Conflict[] } {
  const { type, live, configuration, manager, force, time, reset } = application;
  const base = live ? unmanaged(live) : {};
  const entries = entriesBefore(application);
  const own = entries.find((entry) => isSameManager(entry, manager));
  const others = entries.filter((entry) => entry !== own);
  const taken = (set: FieldSet) => reset.reduce(without, set);
  const fields = taken(withoutServerOwned(setOf(configuration, type)));
  const owned = [...others.map((entry) => entry.fields), fields].reduce(union, emptySet);
  const pruned = prune(merge(base, configuration, type), own?.fields ?? emptySet, owned, type);
  // Metadata may have been taken away, like anything else.
  const object = { ...pruned, metadata: pruned['metadata'] ?? {} };
  const comparison = compare(base, object, type);
  const [changed, removed] = [taken(comparison.changed), taken(comparison.removed)];
  const conflicts = conflictsIn(others, changed);
  if (conflicts.length > 0 && !force) {
    const allowed = isTakenOver(manager) && live ? lastAppliedFields(live, type) : emptySet;
    const left = conflictsIn(others, difference(changed, allowed));
    if (left.length > 0) return { conflicts: left };
  }
  const left: readonly Entry[] = others.map((entry) => lessOf(entry, union(changed, removed)));
  // A configuration that changes nothing is not an event: who applies it first has no time yet.
  const isNews = !isEmptySet(changed) || !isEmptySet(removed);
  const mine = isNews ? { ...manager, time, fields } : { ...manager, ...(own?.time !== undefined && { time: own.time }), fields };
  const applied = withEntries(object as unknown as KubeObject, [...left, mine]);
  return { object: isTakenOver(manager) ? withLastApplied(applied, configuration) : applied };
}

function conflictsIn(others: readonly Entry[], changed: FieldSet): readonly Conflict[] {
  return others.map((entry) => ({ manager: entry, fields: intersection(entry.fields, changed) })).filter((one) => !isEmptySet(one.fields));
}

/** What there was before anybody kept track belongs to somebody too. */
function entriesBefore({ type, live, manager, time }: Application): readonly Entry[] {
  const entries = entriesOf(live?.metadata.managedFields);
  if (!live || entries.length > 0) return entries;
  return updatedEntries([], changesOf(type, undefined, live), { ...manager, manager: 'before-first-apply', operation: 'Update' }, time);
}
