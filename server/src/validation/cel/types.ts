// The types of CEL: what an expression can be, before it is evaluated.

export type CelType =
  | { readonly is: 'named'; readonly name: string }
  | { readonly is: 'list'; readonly of: CelType }
  | { readonly is: 'map'; readonly key: CelType; readonly of: CelType }
  | { readonly is: 'optional'; readonly of: CelType }
  | { readonly is: 'object'; readonly name: string; readonly fields: ReadonlyMap<string, CelType> }
  /** A parameter of a signature: T. */
  | { readonly is: 'any of'; readonly name: string };

const named = (name: string): CelType => ({ is: 'named', name });

export const dyn = named('dyn');
export const bool = named('bool');
export const int = named('int');
export const uint = named('uint');
export const double = named('double');
export const string = named('string');
export const bytes = named('bytes');
export const nullType = named('null_type');
export const timestamp = named('google.protobuf.Timestamp');
export const duration = named('google.protobuf.Duration');

export const listOf = (of: CelType): CelType => ({ is: 'list', of });
export const mapOf = (key: CelType, of: CelType): CelType => ({ is: 'map', key, of });
export const optionalOf = (of: CelType): CelType => ({ is: 'optional', of });

const shortNames: Readonly<Record<string, string>> = { null_type: 'null', 'google.protobuf.Duration': 'duration', 'google.protobuf.Timestamp': 'timestamp' };

/** As messages write it: 'list(string)', 'map(string, int)'. */
export function typeText(type: CelType): string {
  switch (type.is) {
    case 'list':
      return `list(${typeText(type.of)})`;
    case 'map':
      return `map(${typeText(type.key)}, ${typeText(type.of)})`;
    case 'optional':
      return `optional_type(${typeText(type.of)})`;
    default:
      return shortNames[type.name] ?? type.name;
  }
}

export const isDyn = (type: CelType): boolean => type.is === 'named' && type.name === 'dyn';

export type Bindings = Map<string, CelType>;

/** May a value of type `given` stand where `wanted` is expected? Binds the parameters of `wanted`. */
export function fits(wanted: CelType, given: CelType, bindings: Bindings): boolean {
  if (wanted.is === 'any of') return fitsParameter(wanted.name, given, bindings);
  if (isDyn(wanted) || isDyn(given) || given.is === 'any of') return true;
  if (given.is === 'named' && given.name === 'null_type') return canBeNull(wanted);
  switch (wanted.is) {
    case 'list':
      return given.is === 'list' && fits(wanted.of, given.of, bindings);
    case 'optional':
      return given.is === 'optional' && fits(wanted.of, given.of, bindings);
    case 'map':
      return given.is === 'map' && fits(wanted.key, given.key, bindings) && fits(wanted.of, given.of, bindings);
    case 'object':
      return given.is === 'object' && given.name === wanted.name;
    default:
      return given.is === 'named' && given.name === wanted.name;
  }
}

function fitsParameter(name: string, given: CelType, bindings: Bindings): boolean {
  const bound = bindings.get(name);
  if (!bound || isDyn(bound)) {
    if (!bound) bindings.set(name, given);
    return true;
  }
  if (fits(bound, given, new Map())) return true;
  if (!fits(given, bound, new Map())) return false;
  bindings.set(name, given);
  return true;
}

const scalars: ReadonlySet<string> = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'type']);

const canBeNull = (type: CelType) => type.is === 'object' || type.is === 'optional' || (type.is === 'named' && !scalars.has(type.name));

/** The type with its parameters replaced; an unbound one is dyn. */
export function bind(type: CelType, bindings: Bindings): CelType {
  switch (type.is) {
    case 'any of':
      return bindings.get(type.name) ?? dyn;
    case 'list':
      return listOf(bind(type.of, bindings));
    case 'optional':
      return optionalOf(bind(type.of, bindings));
    case 'map':
      return mapOf(bind(type.key, bindings), bind(type.of, bindings));
    default:
      return type;
  }
}

/** What holds both: one of them, or dyn. */
export function joined(a: CelType, b: CelType): CelType {
  if (a.is === 'any of') return b;
  if (fits(a, b, new Map())) return isDyn(b) ? b : a;
  return fits(b, a, new Map()) ? b : dyn;
}
