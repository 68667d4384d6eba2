// What the API server's decoder says to a body: which kind it is, wrong types, unknown and duplicate fields, in the server's own words.
// Invariant: an object that comes out has only fields of its kind, of the right types, in the form in which the server would write it.
import type { KubeObject } from '../kube/object.ts';
import { groupOf } from '../kube/object.ts';
import { quote } from '../kube/quote.ts';
import { customProblems, decodeCustom } from './custom/decode.ts';
import type { DecodeProblem } from './decode-value.ts';
import { decodeStruct, problemsOfStruct } from './decode-value.ts';
import { isRegistered, structOf } from './go-types.ts';
import { parseJson } from './json-text.ts';
import { entriesOf, jsonKind } from './json-value.ts';
import type { KindInfo } from './kinds.ts';
import { kindOf } from './kinds.ts';
import { parseYaml } from './yaml-text.ts';

export type DecodeResult =
  | {
      readonly object: KubeObject;
      /** `unknown field "spec.foo"`: an error under fieldValidation=Strict (see strictDecodingError), warnings under Warn. */
      readonly strictErrors: readonly string[];
    }
  /** The message of the 400 answer. */
  | { readonly error: string };

/** The largest body that is read, as in the API server: 3 MiB. */
const maxBodyLength = 3 * 1024 * 1024;

/** `kind` is the one that the request's path names; a body without kind and apiVersion is taken for it. */
export function decode(kind: KindInfo, body: unknown): DecodeResult {
  return decodeBody(kind, body, () => JSON.stringify(body) ?? '', []);
}

/** All wrong types and unknown fields of a body of this very kind, each at its place. */
export function decodeProblems(kind: KindInfo, body: unknown): readonly DecodeProblem[] {
  return kind.custom ? customProblems(kind.custom, body as Readonly<Record<string, unknown>>) : problemsOfStruct(kind.type, body);
}

/** Reads the text itself, so that duplicate keys, broken syntax and the exact digits of numbers show. */
export function decodeText(kind: KindInfo, { content, format }: { readonly content: string; readonly format: 'json' | 'yaml' }): DecodeResult {
  if (content.length > maxBodyLength) return { error: `the request body is ${content.length} bytes long, more than the limit of ${maxBodyLength}` };
  if (format === 'yaml') {
    const parsed = parseYaml(content);
    if ('error' in parsed) return { error: unrecognized(kind, parsed.error, content) };
    return decodeBody(kind, parsed.value, () => content, parsed.strictErrors);
  }
  const parsed = parseJson(content);
  if ('error' in parsed) return { error: unrecognized(kind, `couldn't get version/kind; json parse error: ${parsed.error}`, content) };
  return decodeBody(kind, parsed.value, () => content, []);
}

/** The message when strict errors are errors: `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: …`. */
export function strictDecodingError(kind: KindInfo, errors: readonly string[]): string {
  return unhandled(kind, `strict decoding error: ${errors.join(', ')}`);
}

/** `DaemonSet in version "v1" cannot be handled as a DaemonSet: …`. */
export const unhandled = (kind: KindInfo, reason: string): string => cannotBeHandled(kind.kind, kind.version, kind, reason);

function decodeBody(expected: KindInfo, body: unknown, text: () => string, textErrors: readonly string[]): DecodeResult {
  const found = interpret(body, expected);
  if ('error' in found) return { error: unrecognized(expected, found.error, text()) };
  const { apiVersion, kind } = found;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const refuse = (reason: string) => ({ error: cannotBeHandled(kind, version, expected, reason) });
  if (expected.custom) {
    if (apiVersion !== expected.apiVersion) return { error: versionMismatch(apiVersion, expected) };
    const custom = decodeCustom(expected.custom, (body ?? {}) as object, { apiVersion, kind });
    return 'error' in custom ? refuse(custom.error) : { object: custom.object, strictErrors: [...new Set([...textErrors, ...custom.strictErrors])] };
  }
  const actual = apiVersion === expected.apiVersion && kind === expected.kind ? expected : kindOf(apiVersion, kind);
  if (!actual && !isRegistered(apiVersion, kind)) {
    return refuse(`no kind ${quote(kind)} is registered for version ${quote(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`);
  }
  const decoded = actual ? decodeStruct(actual.type, body) : undefined;
  if (decoded && 'error' in decoded) return refuse(decoded.error);
  if (!isSameInside(found, expected)) {
    return refuse(
      `converting (${actual ? structOf(actual.type).text : `${version}.${kind}`}) to (${internalPackage(expected.group)}.${expected.kind}): unknown conversion`,
    );
  }
  if (!decoded || actual !== expected) {
    return { error: versionMismatch(apiVersion, expected) };
  }
  const typeMeta = { kind: expected.kind, apiVersion: expected.apiVersion };
  const object = { ...typeMeta, ...(decoded.value as KubeObject), ...typeMeta };
  return { object, strictErrors: [...textErrors, ...decoded.strictErrors] };
}

const versionMismatch = (apiVersion: string, expected: KindInfo) =>
  `the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`;

interface VersionKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** kind and apiVersion of a body, from the path where they are missing. The server looks for them without regard to case. */
export function interpret(body: unknown, expected: VersionKind & Pick<KindInfo, 'group'>): VersionKind | { readonly error: string } {
  if (body === null || body === undefined) return expected;
  if (typeof body !== 'object' || jsonKind(body) !== 'object') {
    const target = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;
    return jsonProblem(`json: cannot unmarshal ${jsonKind(body)} into Go value of type ${target}`);
  }
  const found = { apiversion: '', kind: '' };
  for (const [key, value] of entriesOf(body)) {
    const name = key.toLowerCase();
    if ((name !== 'apiversion' && name !== 'kind') || value === null || value === undefined) continue;
    if (typeof value !== 'string')
      return jsonProblem(`json: cannot unmarshal ${jsonKind(value)} into Go struct field .${name === 'kind' ? 'kind' : 'apiVersion'} of type string`);
    found[name] = value;
  }
  const parts = found.apiversion.split('/');
  if (parts.length > 2) return { error: `unexpected GroupVersion string: ${found.apiversion}` };
  return { kind: found.kind || expected.kind, apiVersion: withDefaults(found.apiversion, expected) };
}

const jsonProblem = (what: string) => ({ error: `couldn't get version/kind; json parse error: ${what}` });

/** Without a version the path's counts, if the group is the path's or missing too. */
function withDefaults(apiVersion: string, expected: VersionKind & Pick<KindInfo, 'group'>): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return version === '' && (group === '' || group === expected.group) ? expected.apiVersion : apiVersion;
}

/** Versions of one kind are one type inside the server; 'extensions' once had what is in apps and networking now. */
function isSameInside(found: VersionKind, expected: KindInfo): boolean {
  const group = groupOf(found.apiVersion);
  return found.kind === expected.kind && (internalPackage(group) === internalPackage(expected.group) || group === 'extensions');
}

/** The package of the server's internal types: 'rbac.authorization.k8s.io' → 'rbac', '' and events → 'core'. */
export function internalPackage(group: string): string {
  return group === '' || group === 'events.k8s.io' ? 'core' : (group.split('.')[0] as string);
}

function cannotBeHandled(kind: string, version: string, expected: KindInfo, reason: string): string {
  return `${kind} in version ${quote(version)} cannot be handled as a ${expected.kind}: ${reason}`;
}

export function unrecognized(expected: Pick<KindInfo, 'kind'>, reason: string, text: string): string {
  return `the object provided is unrecognized (must be of type ${expected.kind}): ${reason} (${summary(text)})`;
}

/** The first 30 bytes: as they are of a JSON object, in hexadecimal of anything else. */
function summary(text: string): string {
  if (text === '') return '<empty>';
  // 30 bytes are in the first 30 characters.
  const bytes = [...encodeURIComponent(text.slice(0, 31).replace(/\p{Surrogate}/gu, '\ufffd')).matchAll(/%(..)|(.)/g)].map(
    ([, hex, character]) => hex?.toLowerCase() ?? (character as string).charCodeAt(0).toString(16),
  );
  const more = bytes.length > 30 || text.length > 31 ? ' ...' : '';
  const shown = bytes.slice(0, 30);
  return text.startsWith('{') ? decodeURIComponentSafely(shown) + more : shown.join('') + more;
}

// A character cut in half at the end is shown as the replacement character.
function decodeURIComponentSafely(bytes: readonly string[]): string {
  for (let cut = 0; cut < 4; cut++) {
    try {
      return decodeURIComponent(`%${bytes.slice(0, bytes.length - cut).join('%')}`) + '\ufffd'.repeat(cut);
    } catch {
      continue;
    }
  }
  return '';
}
