// Go's text/template: text → nodes. `{{- ` and ` -}}` take the blanks around them away. Source: text/template/parse.

export type Node =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'print'; readonly pipe: Pipe }
  | { readonly is: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
  | { readonly is: 'template'; readonly name: string; readonly pipe?: Pipe }
  | { readonly is: 'break' | 'continue' };

export interface Pipe {
  /** The variables that it sets: `$x :=`, or both of a range. */
  readonly variables: readonly string[];
  /** `$x = …`: the variable exists already. */
  readonly assigns: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

/** `fields`: what is taken of the operand's value. */
export type Operand = { readonly fields: readonly string[] } & (
  | { readonly is: 'dot' | 'nil' }
  | { readonly is: 'variable' | 'function'; readonly name: string }
  | { readonly is: 'constant'; readonly value: string | number | bigint | boolean }
  | { readonly is: 'pipe'; readonly pipe: Pipe }
);

export interface GoTemplate {
  readonly nodes: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

/** Thrown inside parseGoTemplate only. */
class SyntaxProblem extends Error {}

/** The error is Go's: `template: output:1: unclosed action`. */
export function parseGoTemplate(text: string, functions: ReadonlySet<string>): { readonly value: GoTemplate } | { readonly error: string } {
  try {
    return { value: new Parser(text, functions).parse() };
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return { error: problem.message };
    throw problem;
  }
}

type Part = { readonly text: string } | { readonly action: string; readonly line: number };

/** Text and actions in turn. Quotes inside an action may hold what would end it. */
function split(text: string): readonly Part[] {
  const parts: Part[] = [];
  let line = 1;
  let trimNext = false;
  for (let at = 0; at < text.length;) {
    const start = text.indexOf('{{', at);
    let plain = text.slice(at, start < 0 ? undefined : start);
    line += count(plain);
    if (trimNext) plain = plain.trimStart();
    trimNext = false;
    if (start < 0) {
      parts.push({ text: plain });
      break;
    }
    const trimBefore = /^\{\{-[ \t\r\n]/.test(text.slice(start, start + 4));
    parts.push({ text: trimBefore ? plain.trimEnd() : plain });
    const inner = start + (trimBefore ? 3 : 2);
    const end = endOfAction(text, inner);
    if (end < 0) fail(line, 'unclosed action');
    let action = text.slice(inner, end);
    const comment = /^\s*\/\*[\s\S]*\*\/\s*-?$/.test(action);
    if (/[ \t\r\n]-$/.test(action) || (comment && action.endsWith('-'))) {
      trimNext = true;
      action = action.slice(0, -1);
    }
    if (!comment) parts.push({ action: action.trim(), line });
    line += count(action);
    at = end + 2;
  }
  return parts;
}

const count = (text: string) => text.split('\n').length - 1;

function endOfAction(text: string, from: number): number {
  const comment = /^\s*\/\*/.test(text.slice(from)) ? text.indexOf('*/', from) : -1;
  let quote = '';
  for (let at = comment < 0 ? from : comment; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\' && quote !== '`') at++;
      else if (character === quote) quote = '';
    } else if (/["'`]/.test(character)) quote = character;
    else if (text.startsWith('}}', at)) return at;
  }
  return -1;
}

function fail(line: number, message: string): never {
  throw new SyntaxProblem(`template: output:${line}: ${message}`);
}

const tokenPattern =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$[\w]*|\.[\p{L}_][\p{L}\p{N}_]*|\.(?![\w])|[-+]?(?:0[xX][\da-fA-F]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?)|[\p{L}_][\p{L}\p{N}_]*|:=|=|\||\(|\)|,/uy;

class Parser {
  readonly #parts: readonly Part[];
  readonly #functions: ReadonlySet<string>;
  readonly #defined = new Map<string, readonly Node[]>();
  #at = 0;
  #line = 1;
  #tokens: string[] = [];
  #variables: string[] = ['$'];
  #loops = 0;

  constructor(text: string, functions: ReadonlySet<string>) {
    this.#parts = split(text);
    this.#functions = functions;
  }

  parse(): GoTemplate {
    const { nodes, end } = this.#list();
    if (end !== '') fail(this.#line, `unexpected {{${end}}}`);
    return { nodes, defined: this.#defined };
  }

  /** Nodes up to {{end}}, {{else}} or the end of the text. */
  #list(): { nodes: readonly Node[]; end: string } {
    const nodes: Node[] = [];
    while (this.#at < this.#parts.length) {
      const part = this.#parts[this.#at++]!;
      if ('text' in part) {
        if (part.text !== '') nodes.push({ is: 'text', text: part.text });
        continue;
      }
      this.#line = part.line;
      this.#tokens = this.#lex(part.action);
      const [keyword] = this.#tokens;
      if (keyword === 'end' || keyword === 'else') return { nodes, end: this.#tokens.join(' ') };
      const node = this.#action(keyword ?? '');
      if (node) nodes.push(node);
    }
    return { nodes, end: '' };
  }

  #action(keyword: string): Node | undefined {
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
        this.#tokens.shift();
        return this.#control(keyword);
      case 'break':
      case 'continue':
        if (this.#loops === 0) fail(this.#line, `{{${keyword}}} outside {{range}}`);
        return { is: keyword };
      case 'define':
      case 'block':
        return this.#define(keyword);
      case 'template': {
        this.#tokens.shift();
        const name = this.#name('template clause');
        return this.#tokens.length === 0 ? { is: 'template', name } : { is: 'template', name, pipe: this.#pipe('template clause') };
      }
      default:
        if (keyword === '') fail(this.#line, 'missing value for command');
        return { is: 'print', pipe: this.#pipe('command') };
    }
  }

  #control(is: 'if' | 'with' | 'range'): Node {
    const scope = this.#variables.length;
    const pipe = this.#pipe(is);
    if (is === 'range') this.#loops++;
    const body = this.#list();
    if (is === 'range') this.#loops--;
    const otherwise = this.#otherwise(body.end, is);
    this.#variables.length = scope;
    return { is, pipe, body: body.nodes, otherwise };
  }

  /** What follows {{else}}; `{{else if x}}` is an if of its own that shares the end. */
  #otherwise(end: string, is: string): readonly Node[] {
    if (end === 'end') return [];
    if (end === '') fail(this.#line, 'unexpected EOF');
    const next = this.#tokens[1];
    if (next !== undefined && (next === is || (is === 'if' && next === 'if'))) {
      this.#tokens = this.#tokens.slice(2);
      return [this.#control(next as 'if' | 'with')];
    }
    const body = this.#list();
    if (body.end !== 'end') fail(this.#line, body.end === '' ? 'unexpected EOF' : 'expected end; found {{else}}');
    return body.nodes;
  }

  #define(keyword: 'define' | 'block'): Node | undefined {
    this.#tokens.shift();
    const name = this.#name(`${keyword} clause`);
    const pipe = keyword === 'block' ? this.#pipe('block clause') : undefined;
    const outer = this.#variables;
    this.#variables = ['$'];
    const body = this.#list();
    this.#variables = outer;
    if (body.end !== 'end') fail(this.#line, 'unexpected EOF');
    this.#defined.set(name, body.nodes);
    return pipe ? { is: 'template', name, pipe } : undefined;
  }

  #name(context: string): string {
    const token = this.#tokens.shift() ?? '';
    if (!/^["`]/.test(token)) fail(this.#line, `unexpected "${token}" in ${context}`);
    return unquote(token);
  }

  #lex(action: string): string[] {
    const tokens: string[] = [];
    tokenPattern.lastIndex = 0;
    for (let at = 0; at < action.length; at = tokenPattern.lastIndex) {
      tokenPattern.lastIndex = at;
      const token = tokenPattern.exec(action)?.[0];
      if (token === undefined) fail(this.#line, unexpected(action.slice(at)));
      // A field right behind something belongs to it: 'x.y' is one operand, 'x .y' are two.
      if (!/^\s/.test(token)) tokens.push(token.startsWith('.') && at > 0 && !/[\s(|=,]/.test(action[at - 1]!) ? `+${token}` : token);
    }
    return tokens;
  }

  #pipe(context: string): Pipe {
    const { variables, assigns } = this.#declarations(context);
    const commands: Operand[][] = [];
    for (;;) {
      const command = this.#command();
      if (command.length === 0) fail(this.#line, `missing value for ${commands.length > 0 ? 'command' : context}`);
      commands.push(command);
      if (this.#tokens[0] !== '|') break;
      this.#tokens.shift();
    }
    if (!assigns) this.#variables.push(...variables);
    return { variables, assigns, commands };
  }

  #declarations(context: string): { variables: readonly string[]; assigns: boolean } {
    const [first = '', second, third, fourth] = this.#tokens;
    if (!first.startsWith('$')) return { variables: [], assigns: false };
    if (second === ':=' || second === '=') {
      this.#tokens.splice(0, 2);
      return { variables: [first], assigns: second === '=' };
    }
    if (context === 'range' && second === ',' && third?.startsWith('$') && (fourth === ':=' || fourth === '=')) {
      this.#tokens.splice(0, 4);
      return { variables: [first, third], assigns: fourth === '=' };
    }
    return { variables: [], assigns: false };
  }

  #command(): Operand[] {
    const operands: Operand[] = [];
    while (this.#tokens.length > 0 && this.#tokens[0] !== '|' && this.#tokens[0] !== ')') operands.push(this.#operand());
    return operands;
  }

  #operand(): Operand {
    const token = this.#tokens.shift()!;
    if (token === '(') {
      const pipe = this.#pipe('parenthesized pipeline');
      if (this.#tokens.shift() !== ')') fail(this.#line, 'unclosed left paren');
      return { is: 'pipe', pipe, fields: this.#fields() };
    }
    if (token === '.') return { is: 'dot', fields: this.#fields() };
    if (token.startsWith('.')) return { is: 'dot', fields: [token.slice(1), ...this.#fields()] };
    if (token.startsWith('$')) {
      if (!this.#variables.includes(token)) fail(this.#line, `undefined variable "${token}"`);
      return { is: 'variable', name: token, fields: this.#fields() };
    }
    const constant = constantOf(token);
    if (constant !== undefined) return { is: 'constant', value: constant, fields: [] };
    if (token === 'nil') return { is: 'nil', fields: [] };
    if (!/^[\p{L}_]/u.test(token)) fail(this.#line, `unexpected "${token}" in operand`);
    if (!this.#functions.has(token)) fail(this.#line, `function "${token}" not defined`);
    return { is: 'function', name: token, fields: this.#fields() };
  }

  #fields(): readonly string[] {
    const fields: string[] = [];
    while (this.#tokens[0]?.startsWith('+.')) fields.push(this.#tokens.shift()!.slice(2));
    return fields;
  }
}

const unexpected = (rest: string) =>
  /^["'`]/.test(rest)
    ? rest.startsWith("'")
      ? 'unterminated character constant'
      : 'unterminated quoted string'
    : `unexpected bad character U+${rest.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${rest[0]}' in command`;

/** Integers are bigints and other numbers numbers, as Go tells int from float64. */
function constantOf(token: string): string | number | bigint | boolean | undefined {
  if (/^["`]/.test(token)) return unquote(token);
  if (token.startsWith("'")) return BigInt(unquote(`"${token.slice(1, -1)}"`).codePointAt(0) ?? 0);
  if (token === 'true' || token === 'false') return token === 'true';
  if (!/^[-+]?\d/.test(token)) return undefined;
  const digits = token.replaceAll('_', '');
  return /^[-+]?(0[xX][\da-fA-F]+|\d+)$/.test(digits) ? (digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', ''))) : Number(digits);
}

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

const unquote = (token: string): string =>
  token.startsWith('`')
    ? token.slice(1, -1)
    : token
        .slice(1, -1)
        .replace(/\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{3}|.)/g, (_, code: string) =>
          /^[uUx]/.test(code) && code.length > 1
            ? String.fromCodePoint(Number.parseInt(code.slice(1), 16))
            : /^[0-7]{3}$/.test(code)
              ? String.fromCodePoint(Number.parseInt(code, 8))
              : (controls[code] ?? code),
        );
