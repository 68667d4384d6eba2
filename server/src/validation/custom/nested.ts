// A value somewhere inside of a custom object, where it must be of one type (unstructured.NestedInt64, NestedString).
import { goText, goTypeOf } from '../../kube/go-values.ts';
import { isMap } from '../../schema/custom/structural.ts';

/** The value at a path like '.spec.replicas'; undefined: there is none. */
export type Nested<T> = { readonly value: T | undefined } | { readonly error: string };

/** Whatever is there, of any type; undefined also where the way does not go on. */
export function valueAt(object: unknown, path: string): unknown {
  const found = nested(object, path, undefined);
  return 'error' in found ? undefined : found.value;
}

export const integerAt = (object: unknown, path: string): Nested<number> => nested(object, path, 'int64');

export const textAt = (object: unknown, path: string): Nested<string> => nested(object, path, 'string');

function nested<T>(object: unknown, path: string, wanted: string | undefined): Nested<T> {
  const names = path.split('.').slice(path.startsWith('.') ? 1 : 0);
  let value = object;
  for (const [i, name] of names.entries()) {
    if (value === null) return { value: undefined };
    if (!isMap(value)) return { error: wrong(names.slice(0, i + 1), value, 'map[string]interface{}') };
    if (!Object.hasOwn(value, name)) return { value: undefined };
    value = value[name];
  }
  return wanted === undefined || goTypeOf(value) === wanted ? { value: value as T } : { error: wrong(names, value, wanted) };
}

const wrong = (names: readonly string[], value: unknown, wanted: string): string =>
  `.${names.join('.')} accessor error: ${goText(value)} is of the type ${goTypeOf(value)}, expected ${wanted}`;
