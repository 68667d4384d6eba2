// Go's text/template: text → nodes. Source: text/template/parse.
import { constantOf, unquote } from './constants.ts';
import { fail, split, SyntaxProblem, type Part } from './parts.ts';

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

/** The error is Go's: `template: output:1: unclosed action`. */
export function parseGoTemplate(text: string, functions: ReadonlySet<string>): { readonly value: GoTemplate } | { readonly error: string } {
  try {
    return { value: new Parser(text, functions).parse() };
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return { error: problem.message };
    throw problem;
  }
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
