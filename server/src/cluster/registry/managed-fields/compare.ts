// Which places of an object an update set and removed (structured-merge-diff typed.Compare, whose added and modified are one here).
// A place that is no leaf is set when it was not there at all: `f:labels: {".": {}, "f:app": {}}` says that the labels themselves are new.
import { isEqual } from '../../../kube/equal.ts';
import { isMap, type Json, type JsonMap } from '../patch/json.ts';
import { FieldSetBuilder, type FieldSet } from './field-set.ts';
import { objectPlace, partsOf, type Parts, type Place, type RootType } from './parts.ts';

export interface Comparison {
  /** Places that are new or have another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

export function compare(before: JsonMap, after: JsonMap, type: RootType): Comparison {
  const walk = new Walk();
  walk.value(before, after, objectPlace(type));
  return { changed: walk.changed.build(), removed: walk.removed.build() };
}

class Walk {
  readonly changed = new FieldSetBuilder();
  readonly removed = new FieldSetBuilder();
  readonly #path: string[] = [];

  value(before: Json, after: Json, place: Place): void {
    const parts = partsOf(place, before, after);
    if (parts?.is === 'fields' && isMap(before) && isMap(after)) return this.#fields(before, after, parts);
    const [old, now] = [parts?.of(before), parts?.of(after)];
    if (!parts || !old || !now || (old.size === 0 && now.size === 0)) {
      if (!isEqual(before, after)) this.#differs(after);
      return;
    }
    for (const [element, part] of old) this.#below(element, part, now.get(element), parts.placeOf(element));
    for (const [element, part] of now) if (!old.has(element)) this.#below(element, undefined, part, parts.placeOf(element));
    if (before === undefined || after === undefined) this.#differs(after);
  }

  /** Nearly all fields are the very same value before and after: nothing is made of them. */
  #fields(before: JsonMap, after: JsonMap, parts: Parts): void {
    const compareField = (name: string) => {
      const [old, now] = [ownValue(before, name), ownValue(after, name)];
      if (old !== now) this.#below(`f:${name}`, old, now, parts.placeOf(`f:${name}`));
    };
    for (const name of Object.keys(before)) compareField(name);
    for (const name of Object.keys(after)) if (!Object.hasOwn(before, name)) compareField(name);
  }

  #below(element: string, before: Json, after: Json, place: Place): void {
    if (before === after) return;
    this.#path.push(element);
    this.value(before, after, place);
    this.#path.pop();
  }

  #differs(after: Json): void {
    (after === undefined ? this.removed : this.changed).add(this.#path);
  }
}

const ownValue = (map: JsonMap, name: string): Json => (Object.hasOwn(map, name) ? map[name] : undefined);
