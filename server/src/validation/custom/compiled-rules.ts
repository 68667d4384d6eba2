// The rules of a schema (x-kubernetes-validations), compiled once for each schema.
import type { FieldErrorType } from '../../kube/field-error.ts';
import { isEmbedded, type Schema, type ValidationRule } from '../../schema/custom/structural.ts';
import { compile, type Program } from '../cel/program.ts';
import { typeOfSchema } from '../cel/schema-types.ts';
import { bool, fits, optionalOf, string, typeText, type CelType } from '../cel/types.ts';

export interface CompiledRule {
  readonly rule: ValidationRule;
  /** Absent when the rule is empty. */
  readonly program?: Program;
  readonly message?: Program;
  readonly error?: string;
  readonly messageError?: string;
  readonly usesOldSelf: boolean;
}

const known = new WeakMap<Schema, readonly CompiledRule[]>();

export function rulesOfSchema(schema: Schema, isRoot: boolean): readonly CompiledRule[] {
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return [];
  let compiled = known.get(schema);
  if (!compiled) {
    const self = typeOfSchema(schema, isRoot || isEmbedded(schema));
    known.set(schema, (compiled = rules.map((rule) => compileRule(rule, self))));
  }
  return compiled;
}

function compileRule(rule: ValidationRule, self: CelType): CompiledRule {
  const variables = new Map([
    ['self', self],
    ['oldSelf', rule.optionalOldSelf ? optionalOf(self) : self],
  ]);
  if (rule.rule.trim() === '') return { rule, usesOldSelf: false };
  const program = checked(compile(rule.rule, variables), bool, 'compilation failed', 'cel expression must evaluate to a bool');
  const message = rule.messageExpression
    ? checked(compile(rule.messageExpression, variables), string, 'messageExpression compilation failed', 'messageExpression must evaluate to a string')
    : undefined;
  return {
    rule,
    ...('error' in program ? { error: program.error } : { program }),
    ...(message && ('error' in message ? { messageError: message.error } : { message })),
    usesOldSelf: !('error' in program) && program.uses.has('oldSelf'),
  };
}

type Compiled = Program | { readonly error: string };

function checked(program: Compiled, wanted: CelType, failed: string, otherwise: string): Compiled {
  if ('error' in program) return { error: `${failed}: ${program.error}` };
  return fits(wanted, program.type, new Map()) && typeText(program.type) !== 'null_type' ? program : { error: otherwise };
}

/** Whether rules stand anywhere in a schema. */
export function hasRules(schema: Schema | undefined): boolean {
  if (!schema) return false;
  let found = withRules.get(schema);
  if (found === undefined) {
    const { additionalProperties: rest } = schema;
    const parts = [...Object.values(schema.properties ?? {}), schema.items, typeof rest === 'object' ? rest : undefined];
    found = (schema['x-kubernetes-validations']?.length ?? 0) > 0 || parts.some(hasRules);
    withRules.set(schema, found);
  }
  return found;
}

const withRules = new WeakMap<Schema, boolean>();

export const reasons: Readonly<Record<string, FieldErrorType>> = {
  FieldValueForbidden: 'FieldValueForbidden',
  FieldValueRequired: 'FieldValueRequired',
  FieldValueDuplicate: 'FieldValueDuplicate',
};
