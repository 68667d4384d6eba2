// Which places of an object an update added, changed and removed (structured-merge-diff typed.Compare).
//
// A scalar, an atomic list and an atomic map are leaves. A list with keys is a map of its elements by these keys, a set one of its values.
// A place that is no leaf is added when it was not there at all: `f:labels: {".": {}, "f:app": {}}` says that the labels themselves are new.
import { isEqual } from '../../../kube/equal.ts';
import { fieldsOf, type Field, type FieldType } from '../../../schema/fields.ts';
import { isList, isMap, type Json, type JsonMap } from '../patch/json.ts';
import { FieldSetBuilder, type FieldSet } from './field-set.ts';

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** What a place holds, and how its parts belong together. */
type Place = Pick<Field, 'type' | 'list' | 'mapType'>;

export function compare(before: JsonMap, after: JsonMap, type: string): Comparison {
  const walk = new Walk();
  walk.fields(before, after, (name) => fieldOf(type, name));
  return { added: walk.added.build(), modified: walk.modified.build(), removed: walk.removed.build() };
}

const anything: Place = { type: { is: 'any' } };

const fieldOf = (type: string, name: string): Place => fieldsOf(type).get(name) ?? anything;

class Walk {
  readonly added = new FieldSetBuilder();
  readonly modified = new FieldSetBuilder();
  readonly removed = new FieldSetBuilder();
  readonly #path: string[] = [];

  fields(before: JsonMap, after: JsonMap, placeOf: (name: string) => Place): void {
    for (const name of Object.keys(before)) this.#below(`f:${name}`, before[name], after[name], placeOf(name));
    for (const name of Object.keys(after)) if (!(name in before)) this.#below(`f:${name}`, undefined, after[name], placeOf(name));
  }

  #below(element: string, before: Json, after: Json, place: Place): void {
    if (before === after || (before === undefined && after === undefined)) return;
    this.#path.push(element);
    this.#value(before, after, place);
    this.#path.pop();
  }

  #value(before: Json, after: Json, place: Place): void {
    const parts = partsOf(before, after, place);
    if (!parts || (isEmptyMap(parts.before) && isEmptyMap(parts.after))) {
      if (!isEqual(before, after)) this.#differs(before, after);
      return;
    }
    for (const [element, part] of parts.before) this.#below(element, part, parts.after.get(element), parts.placeOf(element));
    for (const [element, part] of parts.after) if (!parts.before.has(element)) this.#below(element, undefined, part, parts.placeOf(element));
    if (before === undefined || after === undefined) this.#differs(before, after);
  }

  #differs(before: Json, after: Json): void {
    const set = before === undefined ? this.added : after === undefined ? this.removed : this.modified;
    set.add(this.#path);
  }
}

interface Parts {
  readonly before: ReadonlyMap<string, Json>;
  readonly after: ReadonlyMap<string, Json>;
  readonly placeOf: (element: string) => Place;
}

const isEmptyMap = ({ size }: ReadonlyMap<string, Json>) => size === 0;

/** The parts of both values by their path elements; undefined when the place is a leaf. */
function partsOf(before: Json, after: Json, place: Place): Parts | undefined {
  if (isMap(before) || isMap(after)) {
    if (place.mapType === 'atomic') return undefined;
    return { before: entriesOf(before), after: entriesOf(after), placeOf: (element) => placeIn(place.type, element.slice(2)) };
  }
  if ((!isList(before) && !isList(after)) || !place.list || place.list.type === 'atomic' || place.type.is !== 'list') return undefined;
  const { keys, type } = place.list;
  const elementOf = type === 'set' ? (item: Json) => `v:${JSON.stringify(item)}` : (item: Json) => keyElement(item as JsonMap, keys, place.type);
  const inside: Place = { type: place.type.of };
  return { before: elementsOf(before, elementOf), after: elementsOf(after, elementOf), placeOf: () => inside };
}

function placeIn(type: FieldType, name: string): Place {
  if (type.is === 'object') return fieldOf(type.type, name);
  return type.is === 'map' ? { type: type.of } : anything;
}

const entriesOf = (value: Json) => new Map(isMap(value) ? Object.entries(value).map(([name, part]) => [`f:${name}`, part]) : []);

const elementsOf = (value: Json, elementOf: (item: Json) => string) => new Map(isList(value) ? value.map((item) => [elementOf(item), item]) : []);

/** `k:{"containerPort":80,"protocol":"TCP"}`: keys sorted; one that is missing has its default. */
function keyElement(item: JsonMap, keys: readonly string[], list: FieldType): string {
  const fields = list.is === 'list' && list.of.is === 'object' ? fieldsOf(list.of.type) : undefined;
  const parts = [...keys].sort().map((key) => [key, item[key] ?? fields?.get(key)?.default ?? null] as const);
  return `k:${JSON.stringify(Object.fromEntries(parts))}`;
}
