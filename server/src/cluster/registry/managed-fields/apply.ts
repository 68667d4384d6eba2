// Server-side apply (structured-merge-diff merge.Updater.Apply): the configuration is laid over the live object, what its applier no
// longer mentions is pruned, and what others own and it would change is a conflict unless it is taken by force.
import type { KubeObject } from '../../../kube/object.ts';
import type { JsonMap } from '../patch/json.ts';
import { compare } from './compare.ts';
import { entriesOf, isSameManager, unmanaged, withEntries, withoutServerOwned, type Entry, type FieldManager } from './entries.ts';
import { emptySet, intersection, isEmptySet, union, type FieldSet } from './field-set.ts';
import { merge } from './merge.ts';
import { prune } from './prune.ts';
import { setOf } from './set-of.ts';
import { entryWith, lessOf } from './track.ts';
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
}

export function applyConfiguration(application: Application): { readonly object: KubeObject } | { readonly conflicts: readonly Conflict[] } {
  const { type, live, configuration, manager, force, time } = application;
  const base = live ? unmanaged(live) : {};
  const entries = entriesOf(live?.metadata.managedFields);
  const own = entries.find((entry) => isSameManager(entry, manager));
  const others = entries.filter((entry) => entry !== own);
  const fields = withoutServerOwned(setOf(configuration, type));
  const owned = [...others.map((entry) => entry.fields), fields].reduce(union, emptySet);
  const object = prune(merge(base, configuration, type), own?.fields ?? emptySet, owned, type);
  const { changed, removed } = compare(base, object, type);
  const conflicts = others.map((entry) => ({ manager: entry, fields: intersection(entry.fields, changed) })).filter((one) => !isEmptySet(one.fields));
  if (conflicts.length > 0 && !force) return { conflicts };
  const left: readonly Entry[] = others.map((entry) => lessOf(entry, union(changed, removed)));
  return { object: withEntries(object as unknown as KubeObject, [...left, entryWith(own, manager, fields, time)]) };
}
