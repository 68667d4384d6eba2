// Go's zero values as JSON: what is there when nothing was said. A new object has such a status, fields are compared with them, and
// messages print them.
import type { GoType, WireField } from './go-types.ts';
import { structOf } from './go-types.ts';

type Fields = Readonly<Record<string, unknown>>;

const structs = new Map<string, Fields>();

/** What Go writes of a struct in which nothing is set: only the fields that are always there. Shared, so it is frozen. */
export function zeroStruct(name: string): Fields {
  const known = structs.get(name);
  if (known) return known;
  const zero: Record<string, unknown> = {};
  for (const field of structOf(name).wire) {
    const value = zeroOf(field.type);
    if (!isLeftOut(field, value)) zero[field.json] = value;
  }
  structs.set(name, Object.freeze(zero));
  return zero;
}

/** null where Go has nil. */
export function zeroOf(type: GoType): unknown {
  switch (type.is) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
    case 'float64':
      return 0;
    case 'struct':
      return zeroStruct(type.name);
    case 'self':
      if (type.text === 'resource.Quantity') return '0';
      return type.text === 'intstr.IntOrString' ? 0 : null;
    default:
      return null;
  }
}

/** Whether Go leaves a field out when it writes this value of it. */
export function isLeftOut({ type, omit }: WireField, value: unknown): boolean {
  if (omit === 'never') return false;
  switch (type.is) {
    case 'pointer':
      return value === null;
    case 'struct':
    case 'self':
      return omit === 'zero' && value === null;
    case 'slice':
      return value === null || (value as readonly unknown[]).length === 0;
    case 'map':
      return value === null || Object.keys(value as object).length === 0;
    default:
      return value === '' || value === 0 || value === false || value === null;
  }
}
