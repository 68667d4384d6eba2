// The rules of every kind: defaults, validation, warnings. One table, one file a kind.
import type { FieldError } from '../kube/field-error.ts';
import type { KubeObject } from '../kube/object.ts';
import { fieldsOf } from '../schema/fields.ts';
import { kindOf } from '../schema/kinds.ts';

export interface KindRules<T extends KubeObject = KubeObject> {
  defaults(object: T): T;
  validate(object: T): readonly FieldError[];
  validateUpdate?(next: T, before: T): readonly FieldError[];
  validateStatusUpdate?(next: T, before: T): readonly FieldError[];
  warnings?(object: T): readonly string[];
}

export function rulesOf(apiVersion: string, kind: string): KindRules {
  const type = kindOf(apiVersion, kind)?.type ?? '';
  return { defaults: (object) => schemaDefaults(type, object) as KubeObject, validate: () => [] };
}

/** What the schema says is always there. */
function schemaDefaults(type: string, value: object): object {
  const filled: Record<string, unknown> = { ...value };
  for (const field of fieldsOf(type).values()) {
    if (filled[field.name] === undefined && field.default !== undefined) filled[field.name] = field.default;
    const present = filled[field.name];
    if (field.name !== 'metadata' && field.type.is === 'object' && typeof present === 'object' && present !== null)
      filled[field.name] = schemaDefaults(field.type.type, present);
  }
  return filled;
}
