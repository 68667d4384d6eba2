// What -f names: files, folders and stdin → objects, with the file each came from.
import { byBytes, goJson } from '../kube/go-json.ts';
import type { KubeObject } from '../kube/object.ts';
import { quote } from '../kube/quote.ts';
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import { ManifestFile } from '../manifest/manifest-file.ts';
import { decode } from '../schema/decode.ts';
import { kindOf, type KindInfo } from '../schema/kinds.ts';
import { parseJson } from '../schema/json-text.ts';
import { isProblem, problem, type Problem } from './problem.ts';
import type { Session } from './session.ts';

export interface Manifest {
  /** As it was written, with the namespace that it goes to filled in. */
  readonly object: KubeObject;
  /** … without that namespace. */
  readonly written: KubeObject;
  readonly kind: KindInfo;
  /** The file's path; 'STDIN'. */
  readonly source: string;
}

export interface ManifestOptions {
  readonly recursive?: boolean;
  /** Refuse an object without apiVersion or kind in the words of --validate. */
  readonly validate?: boolean;
  /** The object is one of a List. */
  readonly inList?: boolean;
}

/** The objects of all files in order, and what is wrong with the others. A problem alone: one of the paths cannot be read at all. */
export function readManifests(
  paths: readonly string[],
  session: Session,
  options: ManifestOptions = {},
): { readonly manifests: readonly Manifest[]; readonly problems: readonly Problem[] } | Problem {
  const files: { source: string; text: string }[] = [];
  for (const path of paths) {
    const found = filesAt(path, session, options);
    if ('problem' in found) return found;
    files.push(...found);
  }
  const results = files.flatMap(({ source, text }) => parseManifests(text, source, session, options));
  return { manifests: results.filter((result) => 'object' in result), problems: results.filter((result) => 'problem' in result) };
}

type Files = readonly { readonly source: string; readonly text: string }[];

function filesAt(path: string, session: Session, options: ManifestOptions): Files | Problem {
  const { files, stdin } = session.environment;
  if (path === '-') return [{ source: 'STDIN', text: stdin() }];
  if (/^https?:\/\//.test(path)) return problem(`the URL "${path}" cannot be read: the built-in kubectl reads files, folders and stdin`);
  const names = files.list(path);
  if (names) return filesIn(path, names, session, options);
  const read = files.read(path);
  if ('missing' in read) return problem(`the path ${quote(path)} does not exist`);
  return 'error' in read ? problem(read.error) : [{ source: path, text: read.text }];
}

/** The .json, .yaml and .yml files of a folder by name; with -R those of its folders too. */
function filesIn(folder: string, names: readonly string[], session: Session, options: ManifestOptions): Files | Problem {
  const found: { source: string; text: string }[] = [];
  for (const name of names.toSorted()) {
    const path = `${folder.replace(/\/$/, '')}/${name}`;
    const isFolder = session.environment.files.list(path) !== undefined;
    if (isFolder ? !options.recursive : !/\.(json|yaml|yml)$/.test(name)) continue;
    const files = filesAt(path, session, options);
    if ('problem' in files) return files;
    found.push(...files);
  }
  return found;
}

/** The objects of a text. `source` is what errors call it. */
export function parseManifests(text: string, source: string, session: Session, options: ManifestOptions = {}): readonly (Manifest | Problem)[] {
  const json = /^\s*\{/.test(text) ? parseJson(text) : undefined;
  if (json && 'error' in json) return [problem(`error parsing ${source}: ${json.error.replace('end of JSON input', 'EOF')}`)];
  const file = ManifestFile.read(text);
  const unreadable = file.problems[0];
  if (unreadable) return [problem(`error parsing ${source}: ${unreadable.message} ${unreadable.advice}`)];
  const results: (Manifest | Problem)[] = [];
  for (const placed of file.documents) {
    const broken = syntaxError(placed.document);
    // Nothing behind a broken document is read, as in the real client.
    if (broken !== undefined) return [...results, problem(`error parsing ${source}: error converting YAML to JSON: yaml: ${broken}`)];
    const { value } = placed.document;
    if (value === undefined || value === null) continue;
    const items = listed(value);
    if (items) results.push(...items.map((item) => manifestOf(item, source, session, { ...options, inList: true })));
    else {
      const result = manifestOf(value, source, session, options);
      results.push(result);
      if (isProblem(result) && result.amongOthers.startsWith('error validating')) return results;
    }
  }
  return results;
}

/**
 * go-yaml's words for the first error of a document. It names the line before the one that it could not go on with, since its
 * parser counts lines from 0, and counts from the start of the document: 'line 4: did not find expected key' is about line 5.
 */
function syntaxError(document: ManifestDocument): string | undefined {
  const error = document.problems.find(({ severity, code }) => severity === 'error' && code !== 'duplicate-key');
  if (!error) return undefined;
  const line = document.positionAt(error.span.start).line;
  switch (error.code) {
    case 'tab':
      return `line ${line + 1}: found character that cannot start any token`;
    case 'unclosed':
      return `line ${line + 1}: found unexpected end of stream`;
    case 'unknown-anchor':
      return `unknown anchor '${document.text.slice(error.span.start + 1, error.span.end)}' referenced`;
    case 'limit':
      return `${error.message} ${error.advice}`;
    case 'indent':
    case 'syntax':
      return `${line === 0 ? '' : `line ${line}: `}did not find expected key`;
    default:
      return `line ${line + 1}: ${error.message}`;
  }
}

/** A List stands for its items. */
function listed(value: unknown): readonly unknown[] | undefined {
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items : undefined;
}

export function manifestOf(value: unknown, source: string, session: Session, options: ManifestOptions): Manifest | Problem {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem(`error validating ${quote(source)}: error validating data: invalid object to validate; ${turnOff}`);
  const { apiVersion, kind: kindName, metadata = {} } = value as Partial<KubeObject>;
  const missing = [...(apiVersion ? [] : ['apiVersion not set']), ...(kindName ? [] : ['kind not set'])];
  if (!apiVersion || !kindName) {
    if (options.validate === false)
      return problem(`unable to decode ${quote(source)}: Object '${kindName ? 'apiVersion' : 'Kind'}' is missing in '${goJson(value)}'`);
    return problem(`error validating ${quote(source)}: error validating data: ${missing.length > 1 ? `[${missing.join(', ')}]` : missing[0]}; ${turnOff}`);
  }
  const unreadable = options.inList ? undefined : metadataProblem(metadata);
  if (unreadable !== undefined) return problem(`unable to decode ${quote(source)}: ${unreadable}`);
  const { name = '', namespace } = metadata as Partial<KubeObject['metadata']>;
  const kind = session.catalog.kindOf(apiVersion, kindName);
  if (!kind || kind.resource === '') {
    if (options.inList) return problem(`unable to recognize no matches for kind ${quote(kindName)} in version ${quote(apiVersion)}`);
    const what = `no matches for kind ${quote(kindName)} in version ${quote(apiVersion)}\nensure CRDs are installed first`;
    return problem(`resource mapping not found for name: ${quote(name)} namespace: ${quote(namespace ?? '')} from ${quote(source)}: ${what}`);
  }
  const object = keysSorted(value) as KubeObject;
  if (!kind.namespaced) return { object, written: object, kind, source };
  if (session.namespaceGiven && namespace && namespace !== session.namespace)
    return problem(
      `the namespace from the provided object ${quote(namespace)} does not match the namespace ${quote(session.namespace)}. You must pass '--namespace=${namespace}' to perform this operation.`,
    );
  return { object: { ...object, metadata: { ...object.metadata, namespace: namespace || session.namespace } }, written: object, kind, source };
}

/** The client sends maps in the order of their keys; the server complains of them in that order. */
function keysSorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysSorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => byBytes(a, b));
  return Object.fromEntries(entries.map(([key, item]) => [key, keysSorted(item)]));
}

/** Of the object itself the client reads the metadata only; its words for what cannot be read are those of encoding/json. */
function metadataProblem(metadata: unknown): string | undefined {
  const read = decode(kindOf('v1', 'ConfigMap')!, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
  return 'error' in read ? read.error.replace(/^.* cannot be handled as a \w+: /, '') : undefined;
}

const turnOff = 'if you choose to ignore these errors, turn validation off with --validate=false';
