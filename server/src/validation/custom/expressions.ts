// The rules of x-kubernetes-validations against an object (apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go).
import { isEqual } from '../../kube/equal.ts';
import type { FieldError } from '../../kube/field-error.ts';
import { additionalSchema, isMap, propertyOf, type Schema } from '../../schema/custom/structural.ts';
import type { Budget, Scope } from '../cel/evaluate.ts';
import { valueOf } from '../cel/schema-types.ts';
import { Optional } from '../cel/values.ts';
import { oldItems } from './correlate.ts';
import { hasRules, reasons, rulesOfSchema, type CompiledRule } from './compiled-rules.ts';

/** What all rules of one object may cost together. */
const objectLimit = 10_000_000;
const longestMessage = 5 * 1024;

/** undefined: the schema has no rules. Else what they say, when it is asked for. */
export function validateExpressions(object: unknown, before: unknown, schema: Schema): (() => readonly FieldError[]) | undefined {
  if (!hasRules(schema)) return undefined;
  return () => {
    const walk = new Walk();
    walk.node(object, before, schema, '', true);
    return walk.errors;
  };
}

class Walk {
  readonly errors: FieldError[] = [];
  readonly #budget: Budget = { left: objectLimit };

  node(value: unknown, before: unknown, schema: Schema, path: string, isRoot = false): void {
    if (value === undefined || value === null || !hasRules(schema) || this.#budget.left <= 0) return;
    for (const rule of rulesOfSchema(schema, isRoot)) this.#rule(rule, value, before, schema, path);
    if (Array.isArray(value) && schema.items) {
      const olds = oldItems(value, before, schema);
      value.forEach((item, i) => this.node(item, olds[i], schema.items!, `${path}[${i}]`));
    }
    if (isMap(value)) this.#fields(value, before, schema, path);
  }

  #fields(value: Readonly<Record<string, unknown>>, before: unknown, schema: Schema, path: string): void {
    const old = isMap(before) && schema['x-kubernetes-map-type'] !== 'atomic' ? before : {};
    for (const key of Object.keys(value).sort()) {
      const property = propertyOf(schema, key);
      const part = property ?? additionalSchema(schema);
      if (!part) continue;
      const below = property ? (path === '' ? key : `${path}.${key}`) : `${path}[${key}]`;
      this.node(value[key], Object.hasOwn(old, key) ? old[key] : undefined, part, below);
    }
  }

  #rule(compiled: CompiledRule, value: unknown, before: unknown, schema: Schema, path: string): void {
    const { rule, program, error, usesOldSelf } = compiled;
    if (error !== undefined) return this.#add(path, `rule compile error: ${error}`);
    if (!program || (usesOldSelf && before === undefined && !rule.optionalOldSelf)) return;
    // What the update leaves alone is not judged again, except by rules about the change itself.
    if (!usesOldSelf && before !== undefined && isEqual(value, before)) return;
    const scope = scopeOf(rule.optionalOldSelf ?? false, value, before, schema);
    const result = program.run(scope, this.#budget);
    if ('error' in result) return this.#add(path, evaluationError(result.error, rule.message?.trim() || rule.rule.trim()));
    if (result.value === true) return;
    this.#refuse(compiled, path, scope);
  }

  #refuse({ rule, message }: CompiledRule, path: string, scope: Scope): void {
    const said = message ? message.run(scope, this.#budget) : undefined;
    const text = said && 'value' in said && typeof said.value === 'string' ? said.value.trim() : '';
    const usable = text !== '' && text.length <= longestMessage && !text.includes('\n');
    const detail = usable ? text : rule.message ? rule.message.trim() : `failed rule: ${rule.rule.trim()}`;
    const type = reasons[rule.reason ?? ''] ?? 'FieldValueInvalid';
    const at = rule.fieldPath ? `${path}${fieldPathText(rule.fieldPath)}`.replace(/^\./, '') : path;
    this.errors.push({ type, path: at || '<nil>', detail: type === 'FieldValueDuplicate' ? '' : detail });
  }

  #add(path: string, detail: string): void {
    this.errors.push({ type: 'FieldValueInvalid', path: path || '<nil>', detail });
  }
}

function scopeOf(optional: boolean, value: unknown, before: unknown, schema: Schema): Scope {
  let [self, old]: (ReturnType<typeof valueOf> | undefined)[] = [undefined, undefined];
  const oldSelf = () => (old ??= valueOf(before, schema));
  return new Map([
    ['self', () => (self ??= valueOf(value, schema))],
    ['oldSelf', () => (optional ? (before === undefined ? Optional.none : new Optional(oldSelf())) : oldSelf())],
  ]);
}

/** `.spec['a.b'].c` → '.spec[a.b].c' is what the server makes of a map's key; of a field it makes '.a.b'. */
const fieldPathText = (path: string): string => path.replace(/\['((?:[^'\\]|\\.)*)'\]/g, (_, key: string) => `.${key.replace(/\\(.)/g, '$1')}`);

function evaluationError(error: string, rule: string): string {
  if (error.startsWith('no such overload')) {
    return `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${rule}`;
  }
  if (error.startsWith('operation cancelled')) return `'${error}': no further validation rules will be run due to call cost exceeds limit for rule: ${rule}`;
  return `${error} evaluating rule: ${rule}`;
}
