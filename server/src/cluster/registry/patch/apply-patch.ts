// The body of a PATCH applied to an object, by its media type, with the server's errors. The result is decoded and still without defaults.
import { applyPatch as applyJsonPatch, type Operation } from 'rfc6902';
import { goText } from '../../../kube/go-values.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { quote } from '../../../kube/quote.ts';
import { failure, isStatus, type Status } from '../../../kube/status.ts';
import { decode } from '../../../schema/decode.ts';
import { parseJson } from '../../../schema/json-text.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { badRequest, unexpected } from '../answers.ts';
import type { ApiRequest } from '../request.ts';
import { isMap, type Json } from './json.ts';
import { mergePatch } from './merge-patch.ts';
import { fieldsProblem } from './restore.ts';
import { strategicMerge } from './strategic-merge.ts';

export function applyPatch(info: KindInfo, before: KubeObject, request: ApiRequest, warnings: string[]): KubeObject | Status {
  const patch = patchOf(request);
  if (isStatus(patch)) return patch;
  const patched = patchedBy(info, inOrder(info, before), request, patch.value);
  if (isStatus(patched)) return patched;
  return decodePatched(info, patched.value, request, describe(request, patch.value, patched.value), warnings);
}

/** With its keys in the order in which the server writes them. */
function inOrder(info: KindInfo, object: KubeObject): KubeObject {
  const read = decode(info, object);
  return 'error' in read ? object : read.object;
}

function patchOf({ body, text }: ApiRequest): { readonly value: Json } | Status {
  if (!text) return { value: body };
  const parsed = parseJson(text.content);
  return 'error' in parsed ? badRequest(`error decoding patch: ${parsed.error}`) : { value: JSON.parse(text.content) };
}

function patchedBy(info: KindInfo, before: KubeObject, { patchType }: ApiRequest, patch: Json): { readonly value: Json } | Status {
  switch (patchType) {
    case 'json':
      return jsonPatched(before, patch);
    case 'merge':
      return isMap(patch) ? { value: mergePatch(before, patch) } : badRequest('Invalid JSON Patch');
    case 'strategic': {
      if (info.custom) return unsupported(customPatchTypes);
      if (!isMap(patch)) return badRequest('Invalid JSON Patch');
      const merged = strategicMerge({ ...before }, patch, info.type);
      return 'error' in merged ? unexpected(merged.error) : { value: merged.result };
    }
    default:
      return failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
}

/** A custom kind has no Go struct that could say how its lists merge. */
const customPatchTypes = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor';

const unsupported = (accepted: string): Status =>
  failure(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${accepted}`);

/** Operations on a copy: the library changes what it is given. */
function jsonPatched(before: KubeObject, patch: Json): { readonly value: Json } | Status {
  if (!Array.isArray(patch)) return badRequest('error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  const copy = JSON.parse(JSON.stringify(before)) as object;
  try {
    const errors = applyJsonPatch(copy, patch as Operation[]);
    if (errors.every((error) => error === null)) return { value: copy };
  } catch {
    // An operation that is not one.
  }
  return failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
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

function decodePatched(info: KindInfo, patched: Json, { options, patchType }: ApiRequest, quoted: string, warnings: string[]): KubeObject | Status {
  const problem = patchType === 'strategic' ? fieldsProblem(patched, info.type) : undefined;
  if (problem) return unreadable(quoted, problem);
  const read = decode(info, patched);
  if ('error' in read) return unreadable(quoted, read.error.replace(/^.* cannot be handled as a \w+: /, ''));
  const validation = options?.fieldValidation ?? 'Warn';
  if (read.strictErrors.length > 0 && validation === 'Strict') return unreadable(quoted, `strict decoding error: ${read.strictErrors.join(', ')}`);
  if (validation === 'Warn') warnings.push(...read.strictErrors);
  return read.object;
}

function unreadable(quoted: string, why: string): Status {
  const message = `Invalid value: ${quote(quoted)}: ${why}`;
  return failure(422, 'Invalid', ` "" is invalid: patch: ${message}`, { causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }] });
}
