// The body of a PATCH applied to an object, by its media type, with the server's errors. The result is decoded and still without defaults.
import { goJson } from '../../../kube/go-json.ts';
import { goText } from '../../../kube/go-values.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { quote } from '../../../kube/quote.ts';
import { failure, isStatus, type Status } from '../../../kube/status.ts';
import { decode } from '../../../schema/decode.ts';
import { parseJson } from '../../../schema/json-text.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { badRequest, unexpected } from '../answers.ts';
import type { ApiRequest } from '../request.ts';
import { plain } from '../../../schema/json-value.ts';
import { findDuplicates } from '../../../schema/custom/decode.ts';
import { badListOfLists, badPatches } from './directives.ts';
import { isMap, type Json, type JsonMap } from './json.ts';
import { jsonPatch } from './json-patch.ts';
import { mergePatch } from './merge-patch.ts';
import { fieldsProblem } from './restore.ts';
import { strategicMerge } from './strategic-merge.ts';

export function applyPatch(info: KindInfo, before: KubeObject, request: ApiRequest, warnings: string[]): KubeObject | Status {
  const patch = patchOf(request);
  if (isStatus(patch)) return patch;
  const patched = patchedBy(info, inOrder(info, before), request, patch.value);
  if (isStatus(patched)) return patched;
  const { value, text = describe(request, patch.value, value) } = patched;
  return decodePatched(info, value, { request, quoted: text, patchErrors: patch.strictErrors }, warnings);
}

/** With its keys in the order in which the server writes them; a custom kind has no struct that would say another than that of the alphabet. */
function inOrder(info: KindInfo, object: KubeObject): KubeObject {
  if (info.custom) return JSON.parse(goJson(object)) as KubeObject;
  const read = decode(info, object);
  return 'error' in read ? object : read.object;
}

interface Patch {
  readonly value: Json;
  /** What a strict request refuses: keys twice, fields that an operation does not have. */
  readonly strictErrors: readonly string[];
}

function patchOf({ body, text, patchType }: ApiRequest): Patch | Status {
  if (!text) return { value: body, strictErrors: [] };
  const parsed = parseJson(text.content);
  if ('error' in parsed) return badRequest(`${patchType === 'strategic' ? '' : 'error decoding patch: '}${parsed.error}`);
  const found: string[] = [];
  findDuplicates(parsed.value, [], found);
  const value = plain(parsed.value);
  return { value, strictErrors: patchType === 'json' ? [...found, ...strayFields(value)].map((error) => `json patch ${error}`) : found };
}

const operationFields = ['op', 'path', 'from', 'value'];

const strayFields = (patch: Json): readonly string[] =>
  (Array.isArray(patch) ? patch : []).flatMap((operation, index) =>
    isMap(operation) ? Object.keys(operation).flatMap((key) => (operationFields.includes(key) ? [] : [`unknown field "[${index}].${key}"`])) : [],
  );

/** `text`: how the server writes it, where it has a say in that. */
type Patched = { readonly value: Json; readonly text?: string };

function patchedBy(info: KindInfo, before: KubeObject, { patchType, options }: ApiRequest, patch: Json): Patched | Status {
  switch (patchType) {
    case 'json':
      return jsonPatched(before, patch, options?.fieldValidation === 'Ignore');
    case 'merge':
      if (patch === null) return badRequest('Invalid JSON Patch');
      return isMap(patch) ? { value: mergePatch(before, patch) } : badRequest(`error decoding patch: ${notA(goMap, patch)}`);
    case 'strategic': {
      if (info.custom) return unsupported(customPatchTypes);
      if (patch !== null && !isMap(patch)) return badRequest(notA(goMap, patch));
      const merged = strategicMerge({ ...before }, patch ?? {}, info.type);
      if ('error' in merged) return unmerged(merged.error);
      const { apiVersion, kind } = info;
      return { value: { ...merged.result, apiVersion, kind } };
    }
    default:
      return failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
}

/** A custom kind has no Go struct that could say how its lists merge. */
const customPatchTypes = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';

const unsupported = (accepted: string): Status =>
  failure(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${accepted}`);

/** As encoding/json says that a value cannot be read. */
const notA = (goType: string, value: Json): string => `json: cannot unmarshal ${jsonKind(value)} into Go value of type ${goType}`;

const goMap = 'map[string]interface {}';

/** Some of what is wrong with a strategic patch is the client's fault in the server's eyes (interpretStrategicMergePatchError). */
function unmerged(problem: string): Status {
  if (badPatches.includes(problem)) return badRequest(problem);
  return problem === badListOfLists ? rejected() : unexpected(problem);
}

const rejected = (): Status => failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

function jsonKind(value: Json): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}

const mostOperations = 10_000;

/** No patch at all changes nothing. `unchecked`: operations are only looked at when their turn comes. */
function jsonPatched(before: KubeObject, patch: Json, unchecked: boolean): Patched | Status {
  if (patch === null) return { value: before };
  if (!Array.isArray(patch)) return badRequest(unchecked ? notA('jsonpatch.Patch', patch) : `error decoding patch: ${notA('[]handlers.jsonPatchOp', patch)}`);
  const stray = patch.find((operation) => operation !== null && !isMap(operation));
  if (stray !== undefined) return badRequest(unchecked ? notA('jsonpatch.Operation', stray) : `error decoding patch: ${notA('handlers.jsonPatchOp', stray)}`);
  const wrong = unchecked ? undefined : patch.map(wrongField).find(Boolean);
  if (wrong) return badRequest(`error decoding patch: ${wrong}`);
  if (patch.length > mostOperations) {
    const why = `The allowed maximum operations in a JSON patch is ${mostOperations}, got ${patch.length}`;
    return failure(413, 'RequestEntityTooLarge', `Request entity too large: ${why}`);
  }
  return jsonPatch(before, patch) ?? rejected();
}

function wrongField(operation: Json): string | undefined {
  const field = isMap(operation) ? ['op', 'path', 'from'].find((name) => (operation[name] ?? '') !== String(operation[name] ?? '')) : undefined;
  return field && notA('string', (operation as JsonMap)[field]).replace('Go value', `Go struct field jsonPatchOp.${field}`);
}

/** How the server quotes what it could not read: a strategic patch as it came, any other by the whole patched object. */
const describe = ({ patchType }: ApiRequest, patch: Json, patched: Json) => (patchType === 'strategic' ? goText(patch) : mergedText(patched, patch));

/** The text of a patched object: keys sorted where the patch reached in, as they were elsewhere. */
function mergedText(patched: Json, patch: Json): string {
  if (!isMap(patched) || !isMap(patch)) return JSON.stringify(patched);
  const parts = Object.keys(patched)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${mergedText(patched[key], patch[key])}`);
  return `{${parts.join(',')}}`;
}

interface Decoding {
  readonly request: ApiRequest;
  readonly quoted: string;
  readonly patchErrors: readonly string[];
}

function decodePatched(info: KindInfo, patched: Json, { request, quoted, patchErrors }: Decoding, warnings: string[]): KubeObject | Status {
  const problem = request.patchType === 'strategic' ? fieldsProblem(patched, info.type) : undefined;
  if (problem) return unreadable(quoted, problem);
  const read = decode(info, patched);
  if ('error' in read) return unreadable(quoted, read.error.replace(/^.* cannot be handled as a \w+: /, ''));
  const validation = request.options?.fieldValidation ?? 'Warn';
  const errors = [...patchErrors, ...read.strictErrors];
  if (errors.length > 0 && validation === 'Strict') return unreadable(quoted, `strict decoding error: ${errors.join(', ')}`);
  if (validation === 'Warn') warnings.push(...errors);
  return read.object;
}

function unreadable(quoted: string, why: string): Status {
  const message = `Invalid value: ${quote(quoted)}: ${why}`;
  return failure(422, 'Invalid', ` "" is invalid: patch: ${message}`, { causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }] });
}
