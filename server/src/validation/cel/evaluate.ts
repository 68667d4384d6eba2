// Evaluates a CEL expression. Every step is counted, so nothing runs for long (the server's limit of one call is 1,000,000).
import type { Comprehension, Expression } from './expression.ts';
import { fieldName } from './schema-types.ts';
import { overloadsOf } from './library/index.ts';
import type { CelType } from './types.ts';
import { CelError, isList, isMapValue, Opaque, Optional, TypeValue, typeName, Uint, type Value } from './values.ts';

export type Scope = ReadonlyMap<string, Value | (() => Value)>;

export interface Budget {
  /** Steps that are left; at 0 evaluation ends with an error. */
  left: number;
}

export type Result = { readonly value: Value } | { readonly error: string };

export function evaluate(expression: Expression, scope: Scope, budget: Budget): Result {
  try {
    return { value: new Evaluation(budget).value(expression, scope) };
  } catch (error) {
    if (error instanceof CelError) return { error: error.message };
    throw error;
  }
}

const fail = (message: string): never => {
  throw new CelError(message);
};

/** Errors of cost are final: no `||` makes up for them. */
class OutOfBudget extends CelError {}

class Evaluation {
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  value(expression: Expression, scope: Scope): Value {
    this.#spend(1);
    switch (expression.is) {
      case 'literal':
        return literal(expression.value);
      case 'name':
        return named(expression.name, scope);
      case 'select':
        return this.#select(this.value(expression.from, scope), expression.field, expression.optional);
      case 'has':
        return this.#has(this.value(expression.from, scope), expression.field);
      case 'call':
        return this.#call(expression, scope);
      case 'list':
        return expression.items.flatMap(({ value, optional }) => present(this.value(value, scope), optional));
      case 'map':
        return new Map(
          expression.entries.flatMap(({ key, value, optional }) => {
            const name = this.value(key, scope) as string;
            return present(this.value(value, scope), optional).map((one) => [name, one] as const);
          }),
        );
      case 'comprehension':
        return expression.macro.startsWith('opt') ? this.#optional(expression, scope) : this.#comprehension(expression, scope);
    }
  }

  #spend(steps: number): void {
    this.#budget.left -= steps;
    if (this.#budget.left < 0) throw new OutOfBudget('operation cancelled: actual cost limit exceeded');
  }

  #select(from: Value, field: string, optional: boolean): Value {
    if (from instanceof Optional) return from.value === undefined ? Optional.none : this.#select(from.value, field, true);
    if (from instanceof Opaque && from.fields.has(field)) return from.fields.get(field)!;
    if (from === null && !optional) return fail(`no such key: ${field}`);
    if (!isMapValue(from)) return optional ? Optional.none : fail('no such overload');
    const found = from.get(field) ?? from.get(fieldName(field));
    if (optional) return found === undefined ? Optional.none : new Optional(found);
    return found === undefined ? fail(`no such key: ${field}`) : found;
  }

  #has(from: Value, field: string): boolean {
    if (from instanceof Optional) return from.value !== undefined && this.#has(from.value, field);
    return isMapValue(from) ? from.has(field) || from.has(fieldName(field)) : fail('no such overload');
  }

  #call({ target, name, args }: Extract<Expression, { is: 'call' }>, scope: Scope): Value {
    switch (name) {
      case '_&&_':
        return this.#junction(args, scope, false);
      case '_||_':
        return this.#junction(args, scope, true);
      case '_?_:_': {
        const condition = this.value(args[0]!, scope);
        if (typeof condition !== 'boolean') return fail('no such overload');
        return this.value(args[condition ? 1 : 2]!, scope);
      }
      default:
    }
    if (target?.is === 'name' && !scope.has(target.name) && overloadsOf(`${target.name}.${name}`, false).length > 0) {
      return this.#apply(
        `${target.name}.${name}`,
        false,
        args.map((arg) => this.value(arg, scope)),
      );
    }
    const values = [...(target ? [target] : []), ...args].map((arg) => this.value(arg, scope));
    if (name === '_[_]' && values[0] instanceof Optional) {
      return values[0].value === undefined ? Optional.none : this.#apply('_[?_]', false, [values[0].value, values[1]!]);
    }
    return this.#apply(name, target !== undefined, values);
  }

  #apply(name: string, isMember: boolean, values: readonly Value[]): Value {
    for (const { params, call } of overloadsOf(name, isMember)) {
      if (params.length !== values.length || !params.every((param, i) => holds(param, values[i]!))) continue;
      for (const value of values) this.#spend(typeof value === 'string' || isList(value) ? Math.ceil(value.length / 10) : 0);
      return (call as (...args: readonly Value[]) => Value)(...values);
    }
    return fail(`no such overload: ${isMember ? `${typeName(values[0]!)}.${name}(${values.slice(1).map(typeName).join(', ')})` : name}`);
  }

  /** One side that decides makes up for an error of the other. */
  #junction(args: readonly Expression[], scope: Scope, decisive: boolean): Value {
    let error: CelError | undefined;
    for (const arg of args) {
      try {
        const value = this.value(arg, scope);
        if (typeof value !== 'boolean') fail('no such overload');
        if (value === decisive) return decisive;
      } catch (caught) {
        if (!(caught instanceof CelError) || caught instanceof OutOfBudget) throw caught;
        error ??= caught;
      }
    }
    if (error) throw error;
    return !decisive;
  }

  #optional({ macro, over, names, body }: Comprehension, scope: Scope): Value {
    const range = this.value(over, scope);
    if (!(range instanceof Optional)) return fail('no such overload');
    if (range.value === undefined) return Optional.none;
    const result = this.value(body, new Map(scope).set(names[0]!, range.value));
    return macro === 'optFlatMap' ? result : new Optional(result);
  }

  #comprehension({ macro, over, names, keep, body }: Comprehension, scope: Scope): Value {
    const range = this.value(over, scope);
    const inner = new Map(scope);
    const items = rangeOf(range);
    const kept: Value[] = [];
    const keys: Value[] = [];
    let matches = 0;
    let error: CelError | undefined;
    for (const [key, item] of items) {
      this.#spend(1);
      if (names.length === 2) inner.set(names[0]!, key).set(names[1]!, item);
      else inner.set(names[0]!, isMapValue(range) ? key : item);
      if (keep && this.value(keep, inner) !== true) continue;
      let result: Value;
      try {
        result = this.value(body, inner);
      } catch (caught) {
        if (!(caught instanceof CelError) || caught instanceof OutOfBudget || (macro !== 'all' && macro !== 'exists')) throw caught;
        error ??= caught;
        continue;
      }
      if (makes.has(macro)) {
        kept.push(result);
        keys.push(key);
      } else if (typeof result !== 'boolean') return fail('no such overload');
      else if (macro === 'filter') {
        if (result) kept.push(isMapValue(range) ? key : item);
      } else if (macro === 'all' && !result) return false;
      else if (macro === 'exists' && result) return true;
      else if (result) matches++;
    }
    if (error) throw error;
    if (macro === 'transformMap') return new Map(keys.map((key, i) => [key as string, kept[i]!]));
    if (makes.has(macro) || macro === 'filter') return kept;
    return macro === 'exists_one' ? matches === 1 : macro === 'all';
  }
}

/** What makes something new of every element. */
const makes: ReadonlySet<string> = new Set(['map', 'transformList', 'transformMap']);

function rangeOf(range: Value): readonly (readonly [key: Value, item: Value])[] {
  if (isList(range)) return range.map((item, i) => [BigInt(i), item] as const);
  return isMapValue(range) ? [...range] : fail('no such overload');
}

function literal(value: Extract<Expression, { is: 'literal' }>['value']): Value {
  return typeof value === 'object' && value !== null && 'uint' in value ? new Uint(value.uint) : value;
}

function named(name: string, scope: Scope): Value {
  const value = scope.get(name);
  if (value !== undefined) return typeof value === 'function' ? value() : value;
  return new TypeValue(name);
}

function present(value: Value, optional: boolean): readonly Value[] {
  if (!optional) return [value];
  if (!(value instanceof Optional)) return fail('no such overload');
  return value.value === undefined ? [] : [value.value];
}

/** Whether a value is of a declared type, as far as its outside shows. */
function holds(type: CelType, value: Value): boolean {
  switch (type.is) {
    case 'list':
      return isList(value);
    case 'map':
    case 'object':
      return isMapValue(value);
    case 'optional':
      return value instanceof Optional;
    case 'any of':
      return true;
    default:
      return type.name === 'dyn' || type.name === typeName(value);
  }
}
