// Reading a patched object back into its Go type, as the server does after a strategic merge: by walking the values, not by JSON,
// and so with words of its own for a wrong type (runtime.DefaultUnstructuredConverter).
import { decodeBase64 } from '../../../kube/base64.ts';
import { structOf, type GoType } from '../../../schema/go-types.ts';
import { isMap, type Json } from './json.ts';

/** What is wrong with the first field that does not fit its type; undefined when all fit. `struct`: the kind's name in the schema. */
export function fieldsProblem(value: Json, struct: string): string | undefined {
  for (const { json, type } of structOf(struct).wire) {
    const problem = restoreProblem((value as Readonly<Record<string, Json>>)[json], type);
    if (problem) return problem;
  }
  return undefined;
}

function restoreProblem(value: Json, type: GoType): string | undefined {
  if (value === null || value === undefined) return undefined;
  switch (type.is) {
    case 'pointer':
      return restoreProblem(value, type.to);
    case 'struct':
      return isMap(value) ? fieldsProblem(value, type.name) : `cannot restore struct from: ${goKind(value)}`;
    case 'slice':
      return Array.isArray(value) ? firstProblem(value, type.of) : `cannot restore slice from ${goKind(value)}`;
    case 'map':
      return isMap(value) ? firstProblem(Object.values(value), type.of) : `cannot restore map from ${goKind(value)}`;
    case 'bytes':
      if (typeof value === 'string') return bytesProblem(value);
      return Array.isArray(value) ? undefined : `cannot restore slice from ${goKind(value)}`;
    case 'self':
      return undefined; // Reads its own JSON: the decoder speaks for it.
    default:
      return fits(value, type.is) ? undefined : scalarProblem(value, type);
  }
}

function bytesProblem(text: string): string | undefined {
  const read = decodeBase64(text);
  return 'error' in read ? `error decoding from json: ${read.error}` : undefined;
}

/** Go could make a string of an integer, and an integer of a fraction, but does not here; of the others it does not know how. */
function scalarProblem(value: Json, type: GoType): string {
  const kind = goKind(value);
  const isConvertible = type.is === 'string' ? kind === 'int64' : type.is === 'int' && kind === 'float64';
  if (isConvertible) return `cannot convert ${kind} to ${type.text}`;
  return `unrecognized type: ${type.is === 'int' ? `int${type.bits}` : type.is}`;
}

function firstProblem(values: readonly Json[], type: GoType): string | undefined {
  for (const value of values) {
    const problem = restoreProblem(value, type);
    if (problem) return problem;
  }
  return undefined;
}

function fits(value: Json, type: 'string' | 'bool' | 'float64' | 'int'): boolean {
  if (type === 'string') return typeof value === 'string';
  if (type === 'bool') return typeof value === 'boolean';
  return typeof value === 'number' && (type === 'float64' || Number.isInteger(value));
}

/** The Go kind of a JSON value. */
function goKind(value: Json): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'map';
}
