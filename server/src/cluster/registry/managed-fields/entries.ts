// The entries of metadata.managedFields, one a manager.
import type { KubeObject, ObjectMeta } from '../../../kube/object.ts';
import { isMap, type Json, type JsonMap } from '../patch/json.ts';
import { difference, emptySet, fromFieldsV1, isEmptySet, toFieldsV1, without, type FieldSet } from './field-set.ts';

/** What tells the entry of one writer from the others. */
export interface FieldManager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string | undefined;
}

export interface Entry extends FieldManager {
  readonly time?: string;
  readonly fields: FieldSet;
}

export const isSameManager = (a: FieldManager, b: FieldManager): boolean =>
  a.operation === b.operation && a.manager === b.manager && a.apiVersion === b.apiVersion && (a.subresource ?? '') === (b.subresource ?? '');

/** Fields that belong to the server, whoever writes them. */
const serverOwned = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'generation',
  'managedFields',
  'resourceVersion',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];
const stripped: readonly (readonly string[])[] = [['f:apiVersion'], ['f:kind'], ...serverOwned.map((name) => ['f:metadata', `f:${name}`])];

/** Metadata is nobody's, only what is in it. */
const metadataItself: FieldSet = { isMember: false, children: new Map([['f:metadata', { isMember: true, children: new Map() }]]) };

export const withoutServerOwned = (set: FieldSet): FieldSet => difference(stripped.reduce(without, set), metadataItself);

/** The object as its managers see it. */
export function unmanaged(object: KubeObject): JsonMap {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

type WrittenEntry = Omit<Entry, 'fields'> & { readonly fieldsType?: string; readonly fieldsV1?: Parameters<typeof fromFieldsV1>[0] | null };

/** Entries that a client sent; undefined when they cannot be read, and those of the object count on. */
export function readEntries(managedFields: readonly object[]): readonly Entry[] | undefined {
  return managedFields.every(isReadable) ? entriesOf(managedFields) : undefined;
}

const isReadable = ({ operation, apiVersion, fieldsType, fieldsV1 }: Partial<WrittenEntry>) =>
  (operation === 'Apply' || operation === 'Update') && apiVersion && fieldsType === 'FieldsV1' && (fieldsV1 == null || isFieldsV1(fieldsV1));

const isFieldsV1 = (value: unknown): boolean =>
  isMap(value as Json) && Object.entries(value as object).every(([element, below]) => isElement(element) && isFieldsV1(below));

/** `.`, `f:name`, `v:"value"`, `k:{"name":"value"}`, `i:0`; what begins with another letter may mean something to a newer server. */
const isElement = (text: string): boolean => text === '.' || text[1] === ':';

/** What a client says about who set what, if it can be read. An empty list, or one empty entry, means that it be forgotten. */
export function sentEntries(sent: ObjectMeta['managedFields']): ObjectMeta['managedFields'] {
  const isReset = sent && (sent.length === 0 || (sent.length === 1 && Object.keys(sent[0]!).length === 0));
  if (isReset) return [];
  return sent && readEntries(sent) ? sent : undefined;
}

export function entriesOf(managedFields: readonly object[] | undefined): readonly Entry[] {
  return (managedFields ?? []).map((object) => {
    const { fieldsV1: sent, fieldsType: _, ...entry } = object as WrittenEntry;
    const fieldsV1 = sent ?? {};
    return { ...entry, fields: Object.keys(fieldsV1).length === 0 ? emptySet : { ...fromFieldsV1(fieldsV1), isMember: false } };
  });
}

/** Entries as an object has them: in their order, and without those that own nothing. */
export function writtenEntries(entries: readonly Entry[]): NonNullable<ObjectMeta['managedFields']> {
  return entries
    .filter(({ fields }) => !isEmptySet(fields))
    .sort(inOrder)
    .map(written);
}

export function withEntries<T extends KubeObject>(object: T, entries: readonly Entry[]): T {
  const managedFields = writtenEntries(entries);
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(managedFields.length > 0 && { managedFields }) } };
}

/** Applied entries first, then by time, manager and subresource. */
function inOrder(a: Entry, b: Entry): number {
  const keys = ({ operation, time = '', manager, apiVersion, subresource = '' }: Entry) => [operation, time, manager, apiVersion, subresource];
  const [left, right] = [keys(a), keys(b)];
  const at = left.findIndex((key, i) => key !== right[i]);
  return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
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
