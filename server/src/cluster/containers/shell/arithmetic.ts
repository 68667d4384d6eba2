// $(( … )): integers, the operators of C without assignment inside, names of variables.

/** undefined: not an expression, or a division by zero. */
export function evaluate(expression: string, valueOf: (name: string) => string): number | undefined {
  const tokens = expression.match(/\d+|[A-Za-z_]\w*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%()<>!~&|^?:]|\S/g) ?? [];
  if (tokens.length === 0) return 0;
  if (tokens.length > 1_000) return undefined;
  const reader = new Reader(tokens, valueOf);
  const value = reader.ternary();
  return reader.isDone && Number.isFinite(value) ? value : undefined;
}

/** By how strongly they bind, the weakest first. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

class Reader {
  readonly #tokens: readonly string[];
  readonly #valueOf: (name: string) => string;
  #at = 0;

  constructor(tokens: readonly string[], valueOf: (name: string) => string) {
    this.#tokens = tokens;
    this.#valueOf = valueOf;
  }

  get isDone(): boolean {
    return this.#at === this.#tokens.length;
  }

  ternary(): number {
    const condition = this.#binary(0);
    if (this.#tokens[this.#at] !== '?') return condition;
    this.#at++;
    const yes = this.ternary();
    if (this.#tokens[this.#at++] !== ':') return Number.NaN;
    const no = this.ternary();
    return condition === 0 ? no : yes;
  }

  #binary(level: number): number {
    const operators = levels[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (let operator = this.#tokens[this.#at]; operator !== undefined && operators.includes(operator); operator = this.#tokens[this.#at]) {
      this.#at++;
      left = combine(operator, left, this.#binary(level + 1));
    }
    return left;
  }

  #unary(): number {
    const token = this.#tokens[this.#at++];
    if (token === undefined) return Number.NaN;
    if (token === '-') return -this.#unary();
    if (token === '+') return this.#unary();
    if (token === '!') return this.#unary() === 0 ? 1 : 0;
    if (token === '~') return ~this.#unary();
    if (token === '(') {
      const value = this.ternary();
      return this.#tokens[this.#at++] === ')' ? value : Number.NaN;
    }
    if (/^\d/.test(token)) return Number(token);
    // A variable that holds no number counts as 0.
    return /^[A-Za-z_]/.test(token) ? Number(this.#valueOf(token).trim() || 0) || 0 : Number.NaN;
  }
}

function combine(operator: string, a: number, b: number): number {
  switch (operator) {
    case '||':
      return a !== 0 || b !== 0 ? 1 : 0;
    case '&&':
      return a !== 0 && b !== 0 ? 1 : 0;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a === b ? 0 : 1;
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '>':
      return a > b ? 1 : 0;
    case '>=':
      return a >= b ? 1 : 0;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return Math.trunc(a / b);
    default:
      return a % b;
  }
}
