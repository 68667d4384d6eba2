// What a configuration must be to be applied: fields that the schema has, values of their types, elements with different keys (typed validation).
import { fieldsIn, type FieldType } from '../../../schema/fields.ts';
import { goText } from '../../../kube/go-values.ts';
import { isList, isMap, type Json, type JsonMap } from '../patch/json.ts';
import { elementOf, keysOf, objectPlace, pathText, type Place, type RootType } from './parts.ts';

/** `.spec.foo: field not declared in schema`; undefined when there is nothing to find fault with. */
export function checkApplied(object: JsonMap, type: RootType): string | undefined {
  const problems: string[] = [];
  check(object, objectPlace(type), [], problems);
  if (problems.length === 0) return undefined;
  return problems.length === 1 ? problems[0] : `errors:\n${problems.map((problem) => `  ${problem}`).join('\n')}`;
}

function check(value: Json, place: Place, path: readonly string[], problems: string[]): void {
  if (value === null || value === undefined) return;
  const { type } = place;
  const problem = (text: string) => void problems.push(`${pathText(path)}: ${text}`);
  switch (type.is) {
    case 'object':
    case 'map':
      if (!isMap(value)) return problem(`expected map, got &{${goText(value)}}`);
      return checkFields(value, type, path, problems);
    case 'list':
      if (!isList(value)) return problem(`expected list, got &{${goText(value)}}`);
      return checkElements(value, place, path, problems);
    case 'integer':
    case 'number':
      if (typeof value !== 'number') problem(`expected numeric (int or float), got ${typeof value === 'boolean' ? 'bool' : typeof value}`);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') problem(`expected boolean, got &{${shown(value)}}`);
      return;
    case 'string':
      if (typeof value !== 'string') problem(`expected string, got &value.valueUnstructured{Value:${shown(value)}}`);
      return;
    default:
    // The types of the API call these untyped.
  }
}

function checkFields(value: JsonMap, type: FieldType, path: readonly string[], problems: string[]): void {
  const fields = type.is === 'object' ? fieldsIn(type) : undefined;
  for (const [name, part] of Object.entries(value)) {
    const below = [...path, `f:${name}`];
    const place = type.is === 'map' ? { type: type.of } : fields?.get(name);
    if (place) check(part, place, below, problems);
    // A type without fields is one whose inside the schema does not know.
    else if (fields && fields.size > 0 && !(type.is === 'object' && type.open)) {
      // It ends the look at its map.
      return void problems.push(`${pathText(below)}: field not declared in schema`);
    }
  }
}

function checkElements(items: readonly Json[], place: Place, path: readonly string[], problems: string[]): void {
  const { list, type } = place;
  const inside: Place = { type: type.is === 'list' ? type.of : { is: 'any' } };
  const isKeyed = list?.type === 'map' || list?.type === 'set';
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const nameless = isKeyed && namelessness(item, place);
    // What cannot be named ends the look at its list.
    if (nameless) return void problems.push(`${pathText(path)}: element ${index}: ${nameless}`);
    const element = isKeyed ? elementOf(item, place) : `i:${index}`;
    if (isKeyed && seen.has(element)) problems.push(`${pathText(path)}: duplicate entries for key ${pathText([element])}`);
    seen.add(element);
    check(item, inside, [...path, element], problems);
  }
}

/** Why an element has no name among the others of its list; undefined when it has one. */
function namelessness(item: Json, place: Place): string | undefined {
  const keys = place.list!.keys;
  if (place.list!.type === 'set') {
    if (isMap(item)) return "associative list without keys has an element that's a map type";
    if (isList(item)) return 'not supported: associative list with lists as elements';
    return item === null ? "associative list without keys has an element that's an explicit null" : undefined;
  }
  if (item === null) return 'associative list with keys may not have a null element';
  if (!isMap(item)) return 'associative list with keys may not have non-map elements';
  if (Object.keys(keysOf(item, place)).length > 0) return undefined;
  const quoted = keys.map((key) => JSON.stringify(key)).join(' ');
  return `associative list with keys has an element that omits all key fields [${quoted}] (and doesn't have default values for any key fields)`;
}

const shown = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
