// --from-literal, --from-file and --from-env-file: where the data of a ConfigMap or Secret comes from. Also kustomize's generators.
import { checkConfigMapKey, checkEnvironmentName } from '../../../kube/names.ts';
import { quote } from '../../../kube/quote.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kube/utf8.ts';
import type { Files } from '../../environment.ts';
import { list } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { readBytes } from '../../read-bytes.ts';

export const dataFlags = { 'from-literal': list(undefined, false), 'from-file': list(undefined, false), 'from-env-file': list(undefined, false) } as const;

export interface DataFlags {
  readonly 'from-literal': readonly string[];
  readonly 'from-file': readonly string[];
  readonly 'from-env-file': readonly string[];
}

/** `what`: 'ConfigMap' or 'Secret', for the errors. */
export interface DataOwner {
  readonly what: 'ConfigMap' | 'Secret';
  readonly name: string;
}

/** The values by key. */
export type Data = ReadonlyMap<string, Uint8Array>;

export function dataOf(flags: DataFlags, owner: DataOwner, files: Files): Data | Problem {
  const { 'from-literal': literals, 'from-file': paths, 'from-env-file': environmentFiles } = flags;
  if (environmentFiles.length > 0 && (paths.length > 0 || literals.length > 0))
    return problem('from-env-file cannot be combined with from-file or from-literal');
  const data = new Map<string, Uint8Array>();
  for (const path of paths) {
    const failed = addFile(data, path, owner, files);
    if (failed) return failed;
  }
  for (const literal of literals) {
    const failed = addLiteral(data, literal, owner);
    if (failed) return failed;
  }
  for (const path of environmentFiles) {
    const failed = addEnvironmentFile(data, path, owner, files);
    if (failed) return failed;
  }
  return data;
}

function addLiteral(data: Map<string, Uint8Array>, literal: string, owner: DataOwner): Problem | undefined {
  const equals = literal.indexOf('=');
  if (equals < 1) return problem(`invalid literal source ${literal}, expected key=value`);
  return add(data, literal.slice(0, equals), encodeUtf8(literal.slice(equals + 1)), owner);
}

function add(data: Map<string, Uint8Array>, key: string, value: Uint8Array, { what, name }: DataOwner): Problem | undefined {
  const wrong = checkConfigMapKey(key);
  if (wrong.length > 0) return problem(`${quote(key)} is not a valid key name for a ${what}: ${wrong.join(what === 'Secret' ? ';' : ',')}`);
  if (data.has(key))
    return problem(
      what === 'ConfigMap'
        ? `cannot add key ${quote(key)}, another key by that name already exists in Data for ConfigMap ${quote(name)}`
        : `cannot add key ${key}, another key by that name already exists`,
    );
  data.set(key, value);
  return undefined;
}

/** 'key=path', 'path', or a folder whose files are the keys. */
function addFile(data: Map<string, Uint8Array>, source: string, owner: DataOwner, files: Files): Problem | undefined {
  const parsed = fileSource(source);
  if (isProblem(parsed)) return parsed;
  const names = files.list(parsed.path);
  if (!names) return addOne(parsed.key, parsed.path);
  if (source.includes('=')) return problem('cannot give a key name for a directory path');
  for (const name of names.toSorted()) {
    const path = `${parsed.path.replace(/\/$/, '')}/${name}`;
    if (files.list(path)) continue;
    const failed = addOne(name, path);
    if (failed) return failed;
  }
  return undefined;

  function addOne(key: string, path: string): Problem | undefined {
    const read = readBytes(files, path);
    if ('bytes' in read) return add(data, key, read.bytes, owner);
    return problem(`error reading ${path}: ${read.error}`);
  }
}

function fileSource(source: string): { readonly key: string; readonly path: string } | Problem {
  const parts = source.split('=');
  if (parts.length === 1) return { key: source.split('/').findLast((part) => part !== '') ?? source, path: source };
  if (parts.length > 2) return problem("key names or file paths cannot contain '='");
  const [key = '', path = ''] = parts;
  if (key === '') return problem(`key name for file path ${path} missing`);
  return path === '' ? problem(`file path for key name ${key} missing`) : { key, path };
}

function addEnvironmentFile(data: Map<string, Uint8Array>, path: string, owner: DataOwner, files: Files): Problem | undefined {
  const read = readBytes(files, path);
  if ('error' in read) return problem(`error reading ${path}: ${read.error}`);
  const text = decodeUtf8(read.bytes);
  if (text === undefined) return problem(`env file ${path} contains invalid utf8 bytes`);
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const trimmed = line.trimStart();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const equals = trimmed.indexOf('=');
    // A name alone stands for the variable of the client's own environment; there is none here.
    const [key, value] = equals < 0 ? [trimmed, ''] : [trimmed.slice(0, equals), trimmed.slice(equals + 1)];
    const wrong = checkEnvironmentName(key);
    if (wrong.length > 0) return problem(`${quote(key)} is not a valid key name: ${wrong.join(';')}`);
    const failed = add(data, key, encodeUtf8(value), owner);
    if (failed) return failed;
  }
  return undefined;
}
