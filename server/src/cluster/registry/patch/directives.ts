// The words with which a strategic merge patch says more than values can.
import { goText, goTypeOf } from '../../../kube/go-values.ts';
import { isList, isMap, PatchProblem, typeOf, type Json, type JsonMap } from './json.ts';

/** `$patch: delete | replace | merge` inside a map. */
export const marker = '$patch';
/** `$retainKeys: [type]`: of the map that it stands in, only these keys stay. */
export const retainKeys = '$retainKeys';
/** `$deleteFromPrimitiveList/finalizers: [a]`: beside the list that it is about. */
export const deletionPrefix = '$deleteFromPrimitiveList';
/** `$setElementOrder/containers: [{name: web}, {name: side}]`: beside the list that it is about. */
export const orderPrefix = '$setElementOrder';

/** 'containers' of '$setElementOrder/containers'. */
export function listNameOf(key: string, prefix: string): string {
  const slash = key.indexOf('/');
  if (slash < 0 || key.slice(0, slash) !== prefix) throw new PatchProblem(prefix === orderPrefix ? badOrderList : badPrimitiveList);
  return key.slice(slash + 1);
}

export const badOrderList = 'invalid patch format of $setElementOrder list';
const badPrimitiveList = 'invalid patch format of primitive list';
export const badRetainKeys = 'invalid patch format of retainKeys';
export const badListOfLists = 'lists of lists are not supported';

/** What makes a patch a bad request. */
export const badPatches: readonly string[] = [badOrderList, badPrimitiveList, badRetainKeys];

/** A value of a patch that is taken over as it is: parts with a `$patch` of their own go, as there is nothing for them to act on. */
export function withoutDirectives(value: Json): { readonly kept: Json } | undefined {
  if (isMap(value)) {
    if (marker in value) return undefined;
    const kept: Record<string, Json> = {};
    for (const [key, item] of Object.entries(value)) {
      const part = withoutDirectives(item);
      if (part) kept[key] = part.kept;
    }
    return { kept };
  }
  return { kept: isList(value) ? value.flatMap((item) => withoutDirectives(item)?.kept ?? []) : value };
}

/** A value without the nulls in its maps: on the server a null only ever removes. */
export function withoutNulls(value: Json): Json {
  if (isList(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

/** A directive where a text is expected: `%s`. */
export const directiveText = (value: Json): string =>
  typeof value === 'number' || typeof value === 'boolean' ? `%!s(${goTypeOf(value)}=${value})` : value === null ? '%!s(<nil>)' : goText(value);

/** 'map' or the type of the plain values in the lists; lists of lists and mixed lists cannot be merged. */
export function elementTypeOf(...lists: readonly (readonly Json[])[]): string {
  let type: string | undefined;
  for (const item of lists.flat()) {
    const found = typeOf(item);
    if (type === undefined && found === 'list') throw new PatchProblem(badListOfLists);
    if (type !== undefined && type !== found) throw new PatchProblem(`list element types are not identical: ${goText(lists)}`);
    type = found;
  }
  if (type === undefined) throw new PatchProblem('no elements in any of the given slices');
  return type;
}

/** The value of an element's merge key; a plain value is its own key. */
export function keyOf(item: Json, mergeKey: string | undefined): Json {
  if (mergeKey === undefined) return item;
  if (!isMap(item)) throw new PatchProblem(`expected a map, but received a ${typeOf(item)}`);
  if (!(mergeKey in item)) throw new PatchProblem(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
  return item[mergeKey];
}

export const isDeletion = (item: Json): boolean => isMap(item) && item[marker] === 'delete';

export const asMap = (value: Json): JsonMap => {
  if (isMap(value)) return value;
  throw new PatchProblem(`expected a map, but received a ${typeOf(value)}`);
};

export const asList = (value: Json): readonly Json[] => {
  if (isList(value)) return value;
  throw new PatchProblem(`expected a []interface {}, but received a ${goTypeOf(value)}`);
};
