// The type of an expression, and what is wrong with it, before it is evaluated (cel-go checker).
import type { Comprehension, Expression, Issue } from './expression.ts';
import { literalIssues } from './literals.ts';
import { overloadsOf } from './library/index.ts';
import {
  bind,
  bool,
  bytes,
  double,
  dyn,
  fits,
  int,
  isDyn,
  joined,
  listOf,
  mapOf,
  nullType,
  optionalOf,
  string,
  typeText,
  uint,
  type Bindings,
  type CelType,
} from './types.ts';

export type Variables = ReadonlyMap<string, CelType>;

export function checkTypes(expression: Expression, variables: Variables): { readonly type: CelType; readonly issues: readonly Issue[] } {
  const checker = new Checker();
  const type = checker.type(expression, variables);
  const issues = checker.issues.length > 0 ? checker.issues : [...checker.unlike, ...literalIssues(expression)];
  return { type, issues: issues.toSorted((a, b) => a.at - b.at) };
}

/** Names of types, which are values too. */
const typeNames: ReadonlySet<string> = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'null_type', 'type', 'dyn']);

class Checker {
  readonly issues: Issue[] = [];
  /** What is only looked at when the types are right: the validators of cel-go. */
  readonly unlike: Issue[] = [];
  #isFormatted = false;

  type(expression: Expression, scope: Variables): CelType {
    switch (expression.is) {
      case 'literal':
        return literalType(expression.value);
      case 'name': {
        const found = scope.get(expression.name);
        if (found) return found;
        if (typeNames.has(expression.name)) return { is: 'named', name: 'type' };
        return this.#wrong(expression.at, `undeclared reference to '${expression.name}' (in container '')`);
      }
      case 'select':
        return this.#select(expression, scope);
      case 'has':
        this.#field(this.type(expression.from, scope), expression.field, expression.at);
        return bool;
      case 'call':
        return this.#call(expression, scope);
      case 'list':
        return listOf(this.#alike(expression.items, scope));
      case 'map': {
        const keys = this.#alike(
          expression.entries.map(({ key }) => ({ value: key, optional: false })),
          scope,
        );
        return mapOf(keys, this.#alike(expression.entries, scope));
      }
      case 'comprehension':
        return this.#comprehension(expression, scope);
    }
  }

  /** The type of values that stand together, which must be the same for all unless they are to be formatted. */
  #alike(values: readonly { readonly value: Expression; readonly optional: boolean }[], scope: Variables): CelType {
    const isFormatted = this.#isFormatted;
    this.#isFormatted = false;
    const types = values.map(({ value, optional }) => unwrapped(this.type(value, scope), optional));
    const [wanted = first] = types;
    types.forEach((type, i) => {
      if (!isFormatted && typeText(type) !== typeText(wanted)) this.unlike.push({ at: values[i]!.value.at, message: mismatch(wanted, type) });
    });
    return types.reduce(joined, first);
  }

  #wrong(at: number, message: string): CelType {
    this.issues.push({ at, message });
    return dyn;
  }

  #select({ from, field, optional, at }: Extract<Expression, { is: 'select' }>, scope: Variables): CelType {
    const target = this.type(from, scope);
    const type = this.#field(target, field, at);
    return (optional || target.is === 'optional') && type.is !== 'optional' ? optionalOf(type) : type;
  }

  #field(target: CelType, field: string, at: number): CelType {
    switch (target.is) {
      case 'optional':
        return this.#field(target.of, field, at);
      case 'map':
        return target.of;
      case 'object': {
        const type = target.fields.get(field);
        return type ?? this.#wrong(at, `undefined field '${field}'`);
      }
      default:
        return isDyn(target) ? dyn : this.#wrong(at, `type '${typeText(target)}' does not support field selection`);
    }
  }

  #call({ target, name, args, at }: Extract<Expression, { is: 'call' }>, scope: Variables): CelType {
    if (target?.is === 'name' && !scope.has(target.name)) {
      const qualified = overloadsOf(`${target.name}.${name}`, false);
      if (qualified.length > 0)
        return this.#resolve(
          `${target.name}.${name}`,
          false,
          args.map((arg) => this.type(arg, scope)),
          at,
        );
    }
    const types = [...(target ? [target] : []), ...args].map((arg, i) => {
      this.#isFormatted = name === 'format' && target !== undefined && i === 1;
      const type = this.type(arg, scope);
      this.#isFormatted = false;
      return type;
    });
    if (name === '_&&_' || name === '_||_') return this.#junction(args, types);
    if (name === '_[_]' && types[0]?.is === 'optional') return optionalOf(this.#resolve(name, false, [types[0].of, types[1]!], at));
    return this.#resolve(name, target !== undefined, types, at);
  }

  #junction(args: readonly Expression[], types: readonly CelType[]): CelType {
    types.forEach((type, i) => {
      if (!fits(bool, type, new Map()) || type === nullType) this.#wrong(args[i]!.at, mismatch(bool, type));
    });
    return bool;
  }

  #resolve(name: string, isMember: boolean, types: readonly CelType[], at: number): CelType {
    const overloads = overloadsOf(name, isMember);
    if (overloads.length === 0) return this.#wrong(at, `undeclared reference to '${name}' (in container '')`);
    let result: CelType | undefined;
    for (const { params, result: declared } of overloads) {
      if (params.length !== types.length) continue;
      const bindings: Bindings = new Map();
      if (!params.every((param, i) => fits(param, types[i]!, bindings))) continue;
      const bound = bind(declared, bindings);
      result = result ? joined(result, bound) : bound;
    }
    if (result) return result;
    const texts = types.map(typeText);
    const applied = isMember ? `${texts[0]}.(${texts.slice(1).join(', ')})` : `(${texts.join(', ')})`;
    return this.#wrong(at, `found no matching overload for '${name}' applied to '${applied}'`);
  }

  #comprehension({ macro, over, names, keep, body, at }: Comprehension, scope: Variables): CelType {
    const range = this.type(over, scope);
    const inner = new Map(scope);
    const [key, item] = this.#items(range, macro, at);
    if (names.length === 2) inner.set(names[0]!, key).set(names[1]!, range.is === 'map' ? range.of : item);
    else inner.set(names[0]!, item);
    if (keep) this.#mustChoose(keep, inner, () => (macro === 'transformMap' ? mapOf(key, this.type(body, inner)) : listOf(this.type(body, inner))), at);
    switch (macro) {
      case 'map':
      case 'transformList':
        return listOf(this.type(body, inner));
      case 'transformMap':
        return mapOf(key, this.type(body, inner));
      case 'filter':
        this.#mustChoose(body, inner, () => listOf(item), at);
        return listOf(item);
      case 'optMap':
        return optionalOf(this.type(body, inner));
      case 'optFlatMap':
        return this.type(body, inner);
      case 'exists_one':
        this.#mustChoose(body, inner, () => int, at);
        return bool;
      default:
        this.#mustBeBool(body, inner);
        return bool;
    }
  }

  /** A condition between two ways to go on. */
  #mustChoose(condition: Expression, scope: Variables, result: () => CelType, at: number): void {
    const type = this.type(condition, scope);
    if (fits(bool, type, new Map())) return;
    const way = typeText(result());
    this.#wrong(at, `found no matching overload for '_?_:_' applied to '(${typeText(type)}, ${way}, ${way})'`);
  }

  /** What the first name of a comprehension stands for in its two forms. */
  #items(range: CelType, macro: string, at: number): readonly [key: CelType, item: CelType] {
    if (isDyn(range)) return [dyn, dyn];
    if (macro.startsWith('opt'))
      return range.is === 'optional'
        ? [range.of, range.of]
        : [dyn, this.#wrong(at, `found no matching overload for '${macro}' applied to '${typeText(range)}'`)];
    if (range.is === 'list') return [int, range.of];
    if (range.is === 'map') return [range.key, range.key];
    return [dyn, this.#wrong(at, `expression of type '${typeText(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`)];
  }

  #mustBeBool(expression: Expression, scope: Variables): void {
    const type = this.type(expression, scope);
    if (!fits(bool, type, new Map())) this.#wrong(expression.at, mismatch(bool, type));
  }
}

const mismatch = (wanted: CelType, found: CelType) => `expected type '${typeText(wanted)}' but found '${typeText(found)}'`;

/** Where a list or map begins: it holds anything until something is in it. */
const first: CelType = { is: 'any of', name: 'T' };

const unwrapped = (type: CelType, optional: boolean): CelType => (optional && type.is === 'optional' ? type.of : type);

function literalType(value: Extract<Expression, { is: 'literal' }>['value']): CelType {
  if (value === null) return nullType;
  switch (typeof value) {
    case 'boolean':
      return bool;
    case 'bigint':
      return int;
    case 'number':
      return double;
    case 'string':
      return string;
    default:
      return value instanceof Uint8Array ? bytes : uint;
  }
}
