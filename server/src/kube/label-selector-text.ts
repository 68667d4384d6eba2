// The text grammar of label selectors, as in `kubectl get -l`: 'app=web,tier in (a, b),!old,weight>3'. Errors are the server's.
import { fieldErrorText } from './field-error.ts';
import type { Operator, Requirement, Selector } from './label-selector.ts';
import { byKey, keyErrors, makeRequirement } from './label-selector.ts';

type Kind = ')' | ',' | '!' | '==' | '=' | '>' | '<' | '!=' | '(' | 'in' | 'notin' | 'identifier' | 'end' | 'error';

interface Token {
  readonly kind: Kind;
  readonly literal: string;
}

export function parseSelector(text: string): { readonly selector: Selector } | { readonly error: string } {
  const parser = new Parser(scan(text));
  try {
    return { selector: { requirements: parser.parse().sort(byKey) } };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { error: error.message };
    throw error;
  }
}

const symbols: readonly Kind[] = ['==', '!=', '=', '!', '(', ')', ',', '>', '<'];

function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text;
  for (;;) {
    rest = rest.replace(/^[ \t\r\n]+/, '');
    if (rest === '' || rest.startsWith('\0')) return [...tokens, { kind: 'end', literal: '' }];
    const symbol = symbols.find((one) => rest.startsWith(one));
    const literal = symbol ?? (/^[^=!(),><\t\r\n \0]+/.exec(rest)?.[0] as string);
    tokens.push({ kind: symbol ?? (literal === 'in' || literal === 'notin' ? literal : 'identifier'), literal });
    rest = rest.slice(literal.length);
  }
}

/** Thrown inside this file only: where the text stops making sense. */
class SyntaxProblem extends Error {}

const operators: Readonly<Partial<Record<Kind, Operator>>> = { in: 'in', notin: 'notin', '=': '=', '==': '==', '!=': '!=', '>': 'gt', '<': 'lt' };

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const { kind, literal } = this.#peek();
      if (kind === 'end') return requirements;
      if (kind !== 'identifier' && kind !== '!') fail(`found '${literal}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.#requirement());
      const after = this.#next();
      if (after.kind === 'end') return requirements;
      if (after.kind !== ',') fail(`found '${after.literal}', expected: ',' or 'end of string'`);
      const following = this.#peek();
      if (following.kind !== 'identifier' && following.kind !== '!') fail(`found '${following.literal}', expected: identifier after ','`);
    }
  }

  #requirement(): Requirement {
    try {
      const isNegated = this.#peek().kind === '!';
      if (isNegated) this.#next();
      const { kind, literal: key } = this.#next();
      if (kind !== 'identifier') fail(`found '${key}', expected: identifier`);
      const [wrong] = keyErrors(key, '<nil>');
      if (wrong) fail(fieldErrorText(wrong));
      const isBare = this.#peek().kind === 'end' || this.#peek().kind === ',';
      if (isNegated || isBare) return required(key, isNegated ? '!' : 'exists', []);
      const operator = this.#operator();
      const values = operator === 'in' || operator === 'notin' ? this.#values() : this.#exactValue();
      return required(key, operator, [...values].sort());
    } catch (error) {
      throw error instanceof SyntaxProblem ? new SyntaxProblem(`unable to parse requirement: ${error.message}`) : error;
    }
  }

  #operator(): Operator {
    const token = this.#tokens[this.#position++] as Token;
    return operators[token.kind] ?? fail(`found '${token.literal}', expected: in, notin, =, ==, !=, gt, lt`);
  }

  /** '(a, b)'; commas side by side hold an empty value. */
  #values(): ReadonlySet<string> {
    const open = this.#next();
    if (open.kind !== '(') fail(`found '${open.literal}' expected: '('`);
    const first = this.#peek();
    if (first.kind === ')') {
      this.#next();
      return new Set(['']);
    }
    if (first.kind !== 'identifier' && first.kind !== ',') fail(`found '${first.literal}', expected: ',', ')' or identifier`);
    const values = this.#identifiers();
    if (this.#next().kind !== ')') fail(`found '${first.literal}', expected: ')'`);
    return values;
  }

  #identifiers(): ReadonlySet<string> {
    const values = new Set<string>();
    for (;;) {
      const { kind, literal } = this.#next();
      const following = this.#peek();
      if (kind === 'identifier') {
        values.add(literal);
        if (following.kind === ')') return values;
        if (following.kind !== ',') fail(`found '${following.literal}', expected: ',' or ')'`);
      } else if (kind === ',') {
        if (values.size === 0 || following.kind === ')' || following.kind === ',') values.add('');
        if (following.kind === ')') return values;
      } else fail(`found '${literal}', expected: ',', or identifier`);
    }
  }

  /** What follows '='; nothing there is the empty value. */
  #exactValue(): ReadonlySet<string> {
    const following = this.#peek().kind;
    if (following === 'end' || following === ',') return new Set(['']);
    const { kind, literal } = this.#next();
    return kind === 'identifier' ? new Set([literal]) : fail(`found '${literal}', expected: identifier`);
  }

  // Keys and values may be called 'in' and 'notin'; only an operator is read without this.
  #peek(): Token {
    const token = this.#tokens[Math.min(this.#position, this.#tokens.length - 1)] as Token;
    return token.kind === 'in' || token.kind === 'notin' ? { kind: 'identifier', literal: token.literal } : token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#position++;
    return token;
  }
}

function required(key: string, operator: Operator, values: readonly string[]): Requirement {
  const made = makeRequirement(key, operator, values);
  return 'error' in made ? fail(made.error) : made;
}

function fail(message: string): never {
  throw new SyntaxProblem(message);
}
