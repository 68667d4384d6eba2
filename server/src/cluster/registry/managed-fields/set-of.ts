import { isMap, type Json, type JsonMap } from '../patch/json.ts';
import { FieldSetBuilder, type FieldSet } from './field-set.ts';
import { objectPlace, partsOf, type Place, type RootType } from './parts.ts';

/** The places that an applied configuration speaks about: its leaves, elements of lists, keys of maps (typed.ToFieldSet). */
export function setOf(object: JsonMap, type: RootType): FieldSet {
  const set = new FieldSetBuilder();
  gather(object, objectPlace(type), [], set);
  return set.build();
}

function gather(value: Json, place: Place, path: readonly string[], set: FieldSetBuilder): void {
  const parts = partsOf(place, value);
  if (!parts) return set.add(path);
  for (const [element, part] of parts.of(value)) {
    const below = [...path, element];
    gather(part, parts.placeOf(element), below, set);
    if (parts.isOpen || part === null || (isMap(part) && Object.keys(part).length === 0)) set.add(below);
  }
}
