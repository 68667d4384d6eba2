// CEL text → tree, with the macros (has, all, exists, map, filter, …) already opened up.
import type { Comprehension, Expression, Issue } from './expression.ts';
import { lex, Unreadable, type Token } from './lex.ts';

const maxDepth = 200;
const maxLength = 100_000;

const relations: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in']);
const reserved: ReadonlySet<string> = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

export function parse(text: string): { readonly expression: Expression } | { readonly issue: Issue } {
  if (text.length > maxLength) return { issue: { at: 0, message: `expression code point size exceeds limit: size: ${text.length}, limit ${maxLength}` } };
  try {
    return { expression: new Parser(lex(text)).whole() };
  } catch (error) {
    if (error instanceof Unreadable) return { issue: error.issue };
    throw error;
  }
}

/** Whether an expression could go on with this token if the one before it were not there. */
function startsExpression(token: Token | undefined): boolean {
  if (token?.is === 'name') return token.text !== 'in';
  return token?.is === 'literal' || (token?.is === 'sign' && ['[', '{', '(', '.', '-', '!'].includes(token.text));
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#expression();
    // What stands alone in the way is extraneous.
    if (this.#peek.is !== 'end') this.#unexpected('<EOF>', this.#tokens[this.#next + 1]?.is === 'end' ? 'extraneous input' : undefined);
    return expression;
  }

  get #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #isSign(...signs: readonly string[]): boolean {
    const { is, text } = this.#peek;
    return (is === 'sign' || (is === 'name' && text === 'in')) && signs.includes(text);
  }

  #take(): Token {
    const token = this.#peek;
    if (token.is !== 'end') this.#next++;
    return token;
  }

  #accept(sign: string): boolean {
    if (!this.#isSign(sign)) return false;
    this.#next++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#accept(sign)) this.#missing(sign);
  }

  /** The reader goes on as if the sign had been there, where nothing else could have stood. */
  #missing(sign: string): never {
    const { text, at } = this.#peek;
    if (sign === ':' && this.#peek.is === 'end') this.#unexpected(`'${sign}'`);
    throw new Unreadable({ at, message: `Syntax error: missing '${sign}' at '${text}'` });
  }

  #unexpected(expected: string, what = 'mismatched input'): never {
    const { text, at } = this.#peek;
    throw new Unreadable({ at, message: `Syntax error: ${what} '${text}' expecting ${expected}` });
  }

  #expression(): Expression {
    if (++this.#depth > maxDepth) throw new Unreadable({ at: this.#peek.at, message: `expression recursion limit exceeded: ${maxDepth}` });
    const condition = this.#or();
    let result = condition;
    if (this.#isSign('?')) {
      const { at } = this.#take();
      const yes = this.#or();
      this.#expect(':');
      result = { is: 'call', at, name: '_?_:_', args: [condition, yes, this.#expression()] };
    }
    this.#depth--;
    return result;
  }

  #or(): Expression {
    return this.#chain(['||'], () => this.#chain(['&&'], () => this.#relation()));
  }

  #chain(signs: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (this.#isSign(...signs)) {
      const { text, at } = this.#take();
      left = { is: 'call', at, name: `_${text}_`, args: [left, operand()] };
    }
    return left;
  }

  #relation(): Expression {
    let left = this.#sum();
    while (this.#isSign(...relations)) {
      const { text, at } = this.#take();
      left = { is: 'call', at, name: text === 'in' ? '@in' : `_${text}_`, args: [left, this.#sum()] };
    }
    return left;
  }

  #sum(): Expression {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/', '%'], () => this.#unary()));
  }

  #unary(): Expression {
    if (!this.#isSign('!', '-')) return this.#member();
    const { text, at } = this.#take();
    const next = this.#peek;
    if (text === '-' && next.is === 'literal' && (typeof next.value === 'bigint' || typeof next.value === 'number')) {
      const negative = { ...next, value: -next.value, at };
      this.#next++;
      return this.#members({ is: 'literal', at, value: negative.value });
    }
    const operand = this.#unary();
    return { is: 'call', at, name: text === '!' ? '!_' : '-_', args: [operand] };
  }

  #member(): Expression {
    return this.#members(this.#primary());
  }

  #members(from: Expression): Expression {
    let expression = from;
    while (this.#isSign('.', '.?', '[', '[?')) {
      const { text, at } = this.#take();
      if (text === '.' || text === '.?') expression = this.#field(expression, at, text === '.?');
      else {
        const index = this.#expression();
        this.#expect(']');
        expression = { is: 'call', at, name: text === '[' ? '_[_]' : '_[?_]', args: [expression, index] };
      }
    }
    return expression;
  }

  #field(from: Expression, at: number, optional: boolean): Expression {
    const token = this.#take();
    if (token.is === 'quoted') throw new Unreadable({ at: token.at, message: "unsupported syntax: '`'" });
    const isName = (token.is === 'name' && token.text !== 'in') || (token.is === 'literal' && /^\w+$/.test(token.text) && !/^\d/.test(token.text));
    if (!isName) throw new Unreadable({ at: token.at, message: `Syntax error: no viable alternative at input '.${token.text === '<EOF>' ? '' : token.text}'` });
    if (!optional && this.#isSign('(')) {
      const open = this.#take().at;
      const args = this.#arguments(')');
      return macro(from, token.text, args, open) ?? { is: 'call', at: open, target: from, name: token.text, args };
    }
    return { is: 'select', at, from, field: token.text, optional };
  }

  #arguments(end: string): readonly Expression[] {
    const args: Expression[] = [];
    while (!this.#accept(end)) {
      args.push(this.#expression());
      if (!this.#accept(',')) {
        this.#expect(end);
        break;
      }
    }
    return args;
  }

  #primary(): Expression {
    const token = this.#peek;
    const { at } = token;
    if (token.is === 'literal') {
      this.#next++;
      if (typeof token.value === 'bigint' && token.value >= 2n ** 63n) throw new Unreadable({ at, message: 'invalid int literal' });
      return { is: 'literal', at, value: token.value! };
    }
    if (this.#accept('(')) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (this.#accept('[')) return { is: 'list', at, items: this.#items() };
    if (this.#accept('{')) return { is: 'map', at, entries: this.#entries() };
    const isRooted = this.#accept('.');
    const word = this.#peek;
    if (word.is !== 'name' || word.text === 'in') {
      if (isRooted) throw new Unreadable({ at: word.at, message: `Syntax error: no viable alternative at input '.${word.is === 'end' ? '' : word.text}'` });
      const starters = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
      this.#unexpected(starters, startsExpression(this.#tokens[this.#next + 1]) ? 'extraneous input' : undefined);
    }
    this.#next++;
    if (reserved.has(word.text)) throw new Unreadable({ at: word.at, message: `reserved identifier: ${word.text}` });
    if (!this.#isSign('(')) return { is: 'name', at: word.at, name: word.text };
    const open = this.#take().at;
    const args = this.#arguments(')');
    if (word.text === 'has' && args.length === 1) {
      const [arg] = args as readonly [Expression];
      if (arg.is !== 'select') throw new Unreadable({ at: arg.at, message: 'invalid argument to has() macro' });
      return { is: 'has', at: open, from: arg.from, field: arg.field };
    }
    return { is: 'call', at: open, name: word.text, args };
  }

  #items(): Extract<Expression, { is: 'list' }>['items'] {
    const items: { value: Expression; optional: boolean }[] = [];
    while (!this.#accept(']')) {
      const optional = this.#accept('?');
      if (this.#peek.is === 'end' && items.length > 0) this.#missing(']');
      items.push({ value: this.#expression(), optional });
      if (this.#accept(',')) continue;
      if (!this.#accept(']')) this.#unexpected("{']', ','}");
      break;
    }
    return items;
  }

  #entries(): Extract<Expression, { is: 'map' }>['entries'] {
    const entries: { key: Expression; value: Expression; optional: boolean }[] = [];
    while (!this.#accept('}')) {
      const optional = this.#accept('?');
      const key = this.#expression();
      this.#expect(':');
      entries.push({ key, value: this.#expression(), optional });
      if (!this.#accept(',')) {
        if (!this.#accept('}')) this.#unexpected("{'}', ','}");
        break;
      }
    }
    return entries;
  }
}

const macros: Readonly<Record<string, Comprehension['macro']>> = {
  all: 'all',
  exists: 'exists',
  exists_one: 'exists_one',
  existsOne: 'exists_one',
  map: 'map',
  filter: 'filter',
  optMap: 'optMap',
  optFlatMap: 'optFlatMap',
  transformList: 'transformList',
  transformMap: 'transformMap',
};

/** `x.all(i, p)`; undefined for a call that is no macro. */
function macro(over: Expression, called: string, args: readonly Expression[], at: number): Expression | undefined {
  const found = Object.hasOwn(macros, called) ? macros[called] : undefined;
  if (!found || args.length < 2 || args.length > 4) return undefined;
  const [first, second, third, fourth] = args as readonly [Expression, Expression, Expression?, Expression?];
  if (found.startsWith('transform')) return third && transformation(found, over, [first, second], fourth ? [third, fourth] : [third], at);
  if (fourth) return undefined;
  const name = nameOf(first, 'argument must be a simple name');
  if (!third) return { is: 'comprehension', at, macro: found, over, names: [name], body: second };
  if (found === 'map') return { is: 'comprehension', at, macro: found, over, names: [name], keep: second, body: third };
  if (found === 'filter' || found.startsWith('opt')) return undefined;
  return { is: 'comprehension', at, macro: found, over, names: [name, nameOf(second, 'argument must be a simple name')], body: third };
}

/** `map.transformMap(k, v, body)`, or with a condition before the body. */
function transformation(
  called: Comprehension['macro'],
  over: Expression,
  variables: readonly Expression[],
  rest: readonly Expression[],
  at: number,
): Comprehension {
  const [body, keep] = [rest.at(-1)!, rest.length > 1 ? rest[0] : undefined];
  const names = variables.map((one) => nameOf(one, 'argument must be a simple name'));
  return { is: 'comprehension', at, macro: called, over, names, ...(keep && { keep }), body };
}

function nameOf(expression: Expression, message: string): string {
  if (expression.is !== 'name') throw new Unreadable({ at: expression.at, message });
  return expression.name;
}
