// How each field is patched: what the schema says in x-kubernetes-patch-strategy and -merge-key.
import { fieldsOf, type FieldType } from '../../../schema/fields.ts';
import { PatchProblem } from './json.ts';

export interface FieldPatch {
  /** What the field holds, for a list its elements. */
  readonly shape: FieldType;
  /** merge: lists are joined by key instead of replaced. replace: maps are replaced instead of joined. */
  readonly strategy: 'merge' | 'replace' | '';
  /** A patch of this field lists all keys that may stay (a union: setting one member clears the others). */
  readonly retainsKeys: boolean;
  /** Names the elements of a merged list of maps; absent for lists of plain values. */
  readonly mergeKey?: string;
}

const anything: FieldType = { is: 'any' };
const plain: FieldPatch = { shape: anything, strategy: '', retainsKeys: false };

/** The patch rules of a field of a value of this shape. A struct has the fields of its type and no others. */
export function fieldPatch(shape: FieldType, name: string): FieldPatch {
  if (shape.is === 'map') return { ...plain, shape: shape.of };
  if (shape.is !== 'object') return plain;
  const field = fieldsOf(shape.type).get(name);
  if (!field) {
    // A type without fields is one whose inside the schema does not know (managedFields).
    if (fieldsOf(shape.type).size === 0) return plain;
    throw new PatchProblem(`unable to find api field in struct ${shape.type} for the json field "${name}"`);
  }
  const { type, patch } = field;
  const strategy = patch?.strategies.find((one) => one === 'merge' || one === 'replace') ?? '';
  return {
    shape: type.is === 'list' ? type.of : type,
    strategy: strategy as FieldPatch['strategy'],
    retainsKeys: patch?.strategies.includes('retainKeys') ?? false,
    ...(patch?.mergeKey !== undefined && { mergeKey: patch.mergeKey }),
  };
}
