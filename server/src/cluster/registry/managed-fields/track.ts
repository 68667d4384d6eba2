// metadata.managedFields: who last set which field, kept up to date with every write of a user (structured-merge-diff merge.Updater).
// Components are not tracked: their writes leave the entries as they are.
import type { KubeObject } from '../../../kube/object.ts';
import type { JsonMap } from '../patch/json.ts';
import { compare } from './compare.ts';
import { difference, emptySet, fromFieldsV1, intersection, isEmptySet, isEqualSet, toFieldsV1, union, without, type FieldSet } from './field-set.ts';
import { zeroOf } from '../zero.ts';

/** The writer of an update: what tells its entry from the others. */
export interface FieldManager {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource?: string | undefined;
}

interface Entry extends FieldManager {
  readonly operation: 'Apply' | 'Update';
  readonly time?: string;
  readonly fields: FieldSet;
}

/** Fields that belong to the server. */
const serverOwned = ['apiVersion', 'kind'].map((name) => [`f:${name}`]);
const serverOwnedMetadata = ['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'generation', 'managedFields', 'resourceVersion'];
const stripped: readonly (readonly string[])[] = [...serverOwned, ...serverOwnedMetadata.map((name) => ['f:metadata', `f:${name}`])];

/** `before` is absent when the object is new. Gives back `after` with its entries. */
export function trackUpdate<T extends KubeObject>(type: string, before: KubeObject | undefined, after: T, manager: FieldManager, time: string): T {
  const { added, modified, removed } = compare(before ? unmanaged(before) : zeroOf(type), unmanaged(after), type);
  const set = strip(union(added, modified));
  const sent = after.metadata.managedFields?.length ? after.metadata.managedFields : (before?.metadata.managedFields ?? []);
  const entries = sent.map(entryOf);
  const own = entries.find((entry) => isSame(entry, manager));
  const others = entries.filter((entry) => entry !== own).map((entry) => taken(entry, set, removed));
  const fields = union(difference(own?.fields ?? emptySet, removed), set);
  const isOld = own !== undefined && isEqualSet(own.fields, fields);
  const mine: Entry = isOld ? own : { ...manager, operation: 'Update', time, fields };
  const kept = [...others, mine].filter((entry) => !isEmptySet(entry.fields)).sort(inOrder);
  const { managedFields: _, ...metadata } = after.metadata;
  return { ...after, metadata: { ...metadata, ...(kept.length > 0 && { managedFields: kept.map(written) }) } };
}

/** What somebody else set is no longer this one's. */
const taken = (entry: Entry, set: FieldSet, removed: FieldSet): Entry => ({
  ...entry,
  fields: difference(difference(entry.fields, intersection(entry.fields, set)), removed),
});

const strip = (set: FieldSet) => stripped.reduce(without, set);

function unmanaged(object: KubeObject): JsonMap {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

const isSame = (entry: Entry, { manager, apiVersion, subresource }: FieldManager) =>
  entry.operation === 'Update' && entry.manager === manager && entry.apiVersion === apiVersion && (entry.subresource ?? '') === (subresource ?? '');

/** Applied entries first, then by time, manager and subresource. */
function inOrder(a: Entry, b: Entry): number {
  const keys = (entry: Entry) => [entry.operation, entry.time ?? '', entry.manager, entry.apiVersion, entry.subresource ?? ''];
  const [left, right] = [keys(a), keys(b)];
  const at = left.findIndex((key, i) => key !== right[i]);
  return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
}

type WrittenEntry = Omit<Entry, 'fields'> & { readonly fieldsType?: string; readonly fieldsV1?: Parameters<typeof fromFieldsV1>[0] };

function entryOf(object: object): Entry {
  const { fieldsV1 = {}, fieldsType: _, ...entry } = object as WrittenEntry;
  return { ...entry, fields: Object.keys(fieldsV1).length === 0 ? emptySet : { ...fromFieldsV1(fieldsV1), isMember: false } };
}

function written({ manager, operation, apiVersion, time, fields, subresource }: Entry): WrittenEntry {
  return {
    manager,
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(fields),
    ...(subresource && { subresource }),
  };
}
