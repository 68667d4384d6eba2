// What Go writes for an object of which nothing is set. A new object has such a status, and its fields are compared with such an object,
// so that those which are always there (an empty strategy, containers: null) do not count as set by its creator.
import { structOf, type GoType } from '../../schema/go-types.ts';
import type { Json, JsonMap } from './patch/json.ts';

const known = new Map<string, JsonMap>();

/** `type`: a name in the schema: 'Deployment', 'ReplicaSetStatus'. */
export function zeroOf(type: string): JsonMap {
  let zero = known.get(type);
  if (!zero) known.set(type, (zero = zeroStruct(type)));
  return zero;
}

function zeroStruct(name: string): JsonMap {
  const zero: Record<string, Json> = {};
  for (const { json, type, omit } of structOf(name).wire) {
    if (omit === 'never' || (omit === 'empty' && type.is === 'struct')) zero[json] = zeroValue(type);
  }
  return zero;
}

function zeroValue(type: GoType): Json {
  switch (type.is) {
    case 'struct':
      return zeroOf(type.name);
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
    case 'float64':
      return 0;
    default:
      return null;
  }
}
