// Applies a strategic merge patch (k8s.io/apimachinery strategicpatch): like a JSON merge patch, but lists with a merge key are
// joined element by element, and directives can remove, replace and order.
import { goText } from '../../../kube/go-values.ts';
import type { FieldType } from '../../../schema/fields.ts';
import {
  asList,
  asMap,
  badOrderList,
  badRetainKeys,
  deletionPrefix,
  directiveText,
  elementTypeOf,
  keyOf,
  listNameOf,
  marker,
  orderPrefix,
  retainKeys,
  withoutDirectives,
  withoutNulls,
} from './directives.ts';
import { isEqual } from '../../../kube/equal.ts';
import { attempt, isMap, PatchProblem, typeOf, type Json, type JsonMap } from './json.ts';
import { inOrder } from './list-order.ts';
import { fieldPatch, type FieldPatch } from './patch-schema.ts';

/** `type` is the kind's name in the schema: 'Deployment'. Neither argument is changed; what the patch leaves alone is shared. */
export function strategicMerge(original: JsonMap, patch: JsonMap, type: string): { readonly result: JsonMap } | { readonly error: string } {
  return attempt(() => mergeMap(original, patch, { is: 'object', type }, onServer));
}

/** How two documents are merged. */
export interface MergeMode {
  /** The patch is carried out. Otherwise both are patches: directives are joined and kept, and so are nulls. */
  readonly executes: boolean;
}

const onServer: MergeMode = { executes: true };
export const patchIntoPatch: MergeMode = { executes: false };

export function mergeMap(original: JsonMap, patch: JsonMap, shape: FieldType, mode: MergeMode): JsonMap {
  if (marker in patch) return carryOut(patch[marker], patch);
  const merged: Record<string, Json> = { ...original };
  const left: Record<string, Json> = { ...patch };
  applyRetainKeys(merged, left, mode);
  applyOrders(merged, left, shape, mode);
  for (const [key, value] of Object.entries(left)) mergeField(merged, key, value, shape, mode);
  return merged;
}

/** `$patch` in a map that is merged. */
function carryOut(directive: Json, patch: JsonMap): JsonMap {
  const { [marker]: _, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw new PatchProblem(`unknown patch type: ${directiveText(directive)} in map: ${goText(patch)}`);
}

function mergeField(merged: Record<string, Json>, patchKey: string, value: Json, shape: FieldType, mode: MergeMode): void {
  const isDeletionList = patchKey.startsWith(deletionPrefix);
  if (isDeletionList && !mode.executes) return void (merged[patchKey] = value);
  const key = isDeletionList ? listNameOf(patchKey, deletionPrefix) : patchKey;
  if (value === null) {
    delete merged[key];
    if (mode.executes) return;
  }
  const present = merged[key];
  if (!(key in merged) || typeOf(present) !== typeOf(value)) {
    if (!isDeletionList) takeOver(merged, key, mode.executes ? withoutNulls(value) : value);
    return;
  }
  if (isMap(value)) {
    const field = fieldPatch(shape, key);
    merged[key] = field.strategy === 'replace' ? value : mergeMap(asMap(present), value, field.shape, mode);
  } else if (Array.isArray(value)) {
    merged[key] = mergeList(asList(present), value, fieldPatch(shape, key), isDeletionList, mode);
  } else takeOver(merged, key, value);
}

function takeOver(merged: Record<string, Json>, key: string, value: Json): void {
  const taken = withoutDirectives(value);
  if (taken) merged[key] = taken.kept;
  else delete merged[key];
}

function mergeList(original: readonly Json[], patch: readonly Json[], field: FieldPatch, isDeletionList: boolean, mode: MergeMode): readonly Json[] {
  if (field.strategy !== 'merge') return patch;
  if (original.length === 0 && patch.length === 0) return original;
  if (elementTypeOf(original, patch) !== 'map') {
    if (isDeletionList) return original.filter((item) => !patch.includes(item));
    return inOrder([...new Set([...original, ...patch])], patch, original, undefined);
  }
  const { mergeKey, shape } = field;
  if (mergeKey === undefined) throw new PatchProblem('cannot merge lists without merge key for type struct');
  const { base, additions } = carryOutInList(original, patch, mergeKey);
  return inOrder(mergeElements(base, additions, mergeKey, shape, mode), additions, base, mergeKey);
}

/** `$patch` in the elements of a list: removes elements, or replaces the list. What is left is to be merged. */
function carryOutInList(original: readonly Json[], patch: readonly Json[], mergeKey: string) {
  let base = original;
  let replaces = false;
  const additions: JsonMap[] = [];
  for (const item of patch.map(asMap)) {
    const directive = item[marker];
    if (!(marker in item)) additions.push(item);
    else if (directive === 'delete') base = base.filter((one) => asMap(one)[mergeKey] !== keyOf(item, mergeKey));
    else if (directive === 'replace') replaces = true;
    else if (directive === 'merge') throw new PatchProblem('merging lists cannot yet be specified in the patch');
    else throw new PatchProblem(`unknown patch type: ${directiveText(directive)} in map: ${goText(item)}`);
  }
  return replaces ? { base: additions, additions: [] } : { base, additions };
}

function mergeElements(base: readonly Json[], additions: readonly JsonMap[], mergeKey: string, shape: FieldType, mode: MergeMode): readonly Json[] {
  const merged = [...base];
  for (const item of additions) {
    const key = keyOf(item, mergeKey);
    const place = merged.findIndex((one) => asMap(one)[mergeKey] === key);
    if (place >= 0) merged[place] = mergeMap(asMap(merged[place]), item, shape, mode);
    else merged.push(item);
  }
  return merged;
}

/** `$retainKeys`: clears what the patch does not list. Between two patches it is only handed on. */
function applyRetainKeys(merged: Record<string, Json>, patch: Record<string, Json>, mode: MergeMode): void {
  if (!(retainKeys in patch)) return;
  const listed = patch[retainKeys];
  delete patch[retainKeys];
  if (!mode.executes) {
    if (retainKeys in merged && !isEqual(merged[retainKeys], listed)) {
      throw new PatchProblem(`${goText(merged[retainKeys])} and ${goText(listed)} are not deep equal: this may happen when calculating the 3-way diff patch`);
    }
    merged[retainKeys] = listed;
    return;
  }
  if (!Array.isArray(listed)) throw new PatchProblem(badRetainKeys);
  const retained = new Set<Json>(listed);
  for (const [key, value] of Object.entries(patch)) {
    const isDirective = key.startsWith(deletionPrefix) || key.startsWith(orderPrefix);
    if (value !== null && !isDirective && !retained.has(key)) throw new PatchProblem(badRetainKeys);
  }
  for (const key of Object.keys(merged)) if (!retained.has(key)) delete merged[key];
}

/** `$setElementOrder/…`: merges the list that it is about and brings it into that order. */
function applyOrders(merged: Record<string, Json>, patch: Record<string, Json>, shape: FieldType, mode: MergeMode): void {
  for (const directive of Object.keys(patch).filter((key) => key.startsWith(orderPrefix))) {
    const order = asList(patch[directive]);
    delete patch[directive];
    if (!mode.executes) {
      if (directive in merged && !isEqual(merged[directive], order)) throw new PatchProblem(badOrderList);
      merged[directive] = order;
    }
    const key = listNameOf(directive, orderPrefix);
    const present = key in merged ? asList(merged[key]) : undefined;
    const added = key in patch ? asList(patch[key]) : undefined;
    const field = fieldPatch(shape, key);
    checkOrder(added ?? [], order, field.mergeKey);
    const list = present && added ? mergeList(present, added, field, false, mode) : (present ?? added);
    if (!list) continue;
    merged[key] = inOrder(list, order, present ?? [], field.mergeKey);
    delete patch[key];
  }
}

/** The elements of a patch must come in the order that the patch asks for. */
function checkOrder(added: readonly Json[], order: readonly Json[], mergeKey: string | undefined): void {
  const staying = added.filter((item) => !(isMap(item) && marker in item));
  if (staying.length === 0 || order.length === 0) return;
  let next = 0;
  for (const item of order) if (next < staying.length && keyOf(staying[next], mergeKey) === keyOf(item, mergeKey)) next++;
  if (next < staying.length) {
    throw new PatchProblem(`The order in patch list:\n${goText(added)}\n doesn't match ${orderPrefix} list:\n${goText(order)}\n`);
  }
}
