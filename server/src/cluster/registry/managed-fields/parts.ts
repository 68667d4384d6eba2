// How a value falls into parts: a map into its keys, a list with keys into its elements by these keys, a set into its values.
// A scalar, an atomic list and an atomic map are leaves.
import { fieldsIn, type Field, type FieldType, type ObjectType } from '../../../schema/fields.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { isList, isMap, type Json, type JsonMap } from '../patch/json.ts';

/** What a place holds, and how its parts belong together. */
export type Place = Pick<Field, 'type' | 'list' | 'mapType' | 'isWhole'>;

export interface Parts {
  readonly is: 'fields' | 'elements';
  /** By path element: `f:spec`, `k:{"name":"web"}`, `v:"a"`. */
  readonly of: (value: Json) => ReadonlyMap<string, Json>;
  readonly placeOf: (element: string) => Place;
  /** The keys of a map that are not fields of a struct are members of a set themselves. */
  readonly isOpen: boolean;
}

const anything: Place = { type: { is: 'any' } };

/** What a whole object is: the kind's name in the schema, or the type of a custom kind. */
export type RootType = string | ObjectType;

export const rootTypeOf = ({ type, custom }: KindInfo): RootType => custom?.root ?? type;

/** The place of a whole object. */
export const objectPlace = (type: RootType): Place => ({ type: typeof type === 'string' ? { is: 'object', type } : type });

/** undefined when the place is a leaf. Either value may be absent. */
export function partsOf(place: Place, ...values: readonly Json[]): Parts | undefined {
  if (values.some(isMap)) {
    if (place.mapType === 'atomic' || place.isWhole) return undefined;
    return { is: 'fields', of: entriesOf, placeOf: (element) => placeIn(place.type, element.slice(2)), isOpen: place.type.is !== 'object' };
  }
  const { list, type, isWhole } = place;
  if (!values.some(isList) || !list || list.type === 'atomic' || type.is !== 'list') return undefined;
  const inside: Place = { type: type.of, ...(isWhole && { isWhole }) };
  return { is: 'elements', of: elementsOf((item) => elementOf(item, place)), placeOf: () => inside, isOpen: true };
}

function placeIn(type: FieldType, name: string): Place {
  if (type.is === 'object') return fieldsIn(type).get(name) ?? anything;
  return type.is === 'map' ? { type: type.of } : anything;
}

const entriesOf = (value: Json) => new Map(isMap(value) ? Object.entries(value).map(([name, part]) => [`f:${name}`, part]) : []);

const elementsOf = (name: (item: Json) => string) => (value: Json) => new Map(isList(value) ? value.map((item) => [name(item), item]) : []);

/** How an element of a list is named: `k:{"containerPort":80,"protocol":"TCP"}`. */
export function elementOf(item: Json, place: Place): string {
  const { list } = place;
  return !list || list.type === 'set' ? `v:${JSON.stringify(item)}` : `k:${JSON.stringify(keysOf(item as JsonMap, place))}`;
}

/** Keys and values of an element, sorted; a key that is missing has its default, and is left out without one. */
export function keysOf(item: JsonMap, { list, type }: Place): JsonMap {
  const fields = type.is === 'list' && type.of.is === 'object' ? fieldsIn(type.of) : undefined;
  const valueOf = (key: string) => (isMap(item) && key in item ? item[key] : fields?.get(key)?.default) as Json;
  return Object.fromEntries([...(list?.keys ?? [])].sort().flatMap((key) => (valueOf(key) === undefined ? [] : [[key, valueOf(key)]])));
}

/** `.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"]` */
export function pathText(path: readonly string[]): string {
  return path.map(elementText).join('');
}

function elementText(element: string): string {
  const value = element.slice(2);
  if (element.startsWith('f:')) return `.${value}`;
  if (element.startsWith('v:')) return `[=${value}]`;
  if (element.startsWith('i:')) return `[${value}]`;
  const keys = Object.entries(JSON.parse(value) as JsonMap).map(([key, item]) => `${key}=${JSON.stringify(item)}`);
  return `[${keys.join(',')}]`;
}
