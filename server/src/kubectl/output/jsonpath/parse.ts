// kubectl's JSONPath dialect, text → template: 'x{range .items[*]}{.metadata.name}{"\n"}{end}'.
//
// Invariant: parsing gives a template or an error text in the real client's words; it never throws.

export type Node =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'slice'; readonly from?: number; readonly to?: number; readonly step?: number; /** `[3]` and not `[3:4]`. */ readonly index: boolean }
  | { readonly is: 'wildcard' }
  | { readonly is: 'recursive' }
  | { readonly is: 'filter'; readonly left: Path; readonly operator: string; readonly right: Path }
  | { readonly is: 'union'; readonly paths: readonly Path[] }
  | { readonly is: 'literal'; readonly value: number | boolean }
  | { readonly is: 'identifier'; readonly name: string };

/** What stands between a pair of braces: steps applied one after the other. */
export type Path = readonly Node[];

/** Texts and paths in turn. A text is a path of one text node. */
export type Template = readonly Path[];

export type Parsed<T> = { readonly value: T } | { readonly error: string };

export function parseTemplate(text: string): Parsed<Template> {
  const paths: Path[] = [];
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('{', at);
    if (open !== at) paths.push([{ is: 'text', text: text.slice(at, open < 0 ? undefined : open) }]);
    if (open < 0) break;
    const parser = new PathParser(text, open + 1);
    const path = parser.parse();
    if ('error' in path) return path;
    paths.push(path.value);
    at = parser.at;
  }
  return { value: paths };
}

/** Parses `text` as if it stood in braces. */
const parsePath = (text: string): Parsed<Path> => new PathParser(`${text}}`, 0).parse();

class PathParser {
  /** Behind the closing brace once parsed. */
  at: number;
  readonly #text: string;
  readonly #nodes: Node[] = [];

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  parse(): Parsed<Path> {
    for (;;) {
      const rest = this.#text.slice(this.at);
      if (rest.startsWith('}')) {
        this.at++;
        return { value: this.#nodes };
      }
      const error = this.#step(rest);
      if (error !== undefined) return { error };
    }
  }

  /** Takes one step of the path; an error text when it cannot. */
  #step(rest: string): string | undefined {
    const character = rest[0];
    if (rest.startsWith('[?(')) return this.#filter();
    if (rest.startsWith('..')) return this.#recursive();
    if (character === undefined || /[\r\n]/.test(character)) return 'unclosed action';
    if (character === ' ' || character === '@' || character === '$') return void this.at++;
    if (character === '[') return this.#brackets();
    if (character === '"' || character === "'") return this.#quoted(character);
    if (character === '.') return this.#field(1);
    if (/[-+\d]/.test(character)) return this.#number();
    if (/[_\p{L}]/u.test(character)) return this.#identifier();
    return `unrecognized character in action: U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${character}'`;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)![0];
    this.at += found.length;
    return found;
  }

  #field(skip: number): undefined {
    this.at += skip;
    const name = this.#take(/(?:\\.|[^\s.,[\]$@{}\\])*/gy);
    this.#nodes.push(name === '*' ? { is: 'wildcard' } : { is: 'field', name: name.replaceAll('\\', '') });
  }

  #recursive(): string | undefined {
    if (this.#nodes.at(-1)?.is === 'recursive') return 'invalid multiple recursive descent';
    this.at += 2;
    this.#nodes.push({ is: 'recursive' });
    if (/[_\p{L}\d]/u.test(this.#text[this.at] ?? '')) this.#field(0);
    return undefined;
  }

  #identifier(): undefined {
    const name = this.#take(/[^\s.,[\]$@{}]*/gy);
    this.#nodes.push(name === 'true' || name === 'false' ? { is: 'literal', value: name === 'true' } : { is: 'identifier', name });
  }

  #number(): string | undefined {
    const text = this.#take(/[-+]?[.\d]*/gy);
    const value = Number(text);
    if (Number.isNaN(value)) return `cannot parse number ${text}`;
    this.#nodes.push({ is: 'literal', value });
    return undefined;
  }

  #quoted(quote: string): string | undefined {
    for (let end = this.at + 1; end < this.#text.length && this.#text[end] !== '\n'; end++) {
      if (this.#text[end] !== quote || this.#text[end - 1] === '\\') continue;
      const inner = this.#text.slice(this.at + 1, end);
      this.at = end + 1;
      this.#nodes.push({ is: 'text', text: unescape(inner) });
      return undefined;
    }
    return 'unterminated quoted string';
  }

  #brackets(): string | undefined {
    const end = this.#text.slice(this.at).search(/[\]\n]/);
    if (end < 0 || this.#text[this.at + end] === '\n') return 'unterminated array';
    const inner = this.#text.slice(this.at + 1, this.at + end);
    this.at += end + 1;
    if (inner.includes(',')) return this.#union(inner.split(','));
    const key = /^'([^']*)'$/.exec(inner);
    if (key) return this.#append(parsePath(`.${key[1]}`));
    return this.#slice(inner === '*' ? ':' : inner);
  }

  #union(parts: readonly string[]): string | undefined {
    const paths: Path[] = [];
    for (const part of parts) {
      const path = parsePath(`[${part.trim()}]`);
      if ('error' in path) return path.error;
      paths.push(path.value);
    }
    this.#nodes.push({ is: 'union', paths });
    return undefined;
  }

  #append(path: Parsed<Path>): string | undefined {
    if ('error' in path) return path.error;
    this.#nodes.push(...path.value);
    return undefined;
  }

  #slice(inner: string): string | undefined {
    const found = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inner);
    if (!found) return `invalid array index ${inner}`;
    const [from, to, step] = [bound(found[1]), bound(found[2]), bound(found[3])];
    const index = found[2] === undefined;
    this.#nodes.push({ is: 'slice', index, ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(step !== undefined && { step }) });
    return undefined;
  }

  /** `[?(@.a=="b")]`. A closing parenthesis inside quotes does not end it. */
  #filter(): string | undefined {
    let quote = '';
    for (let end = this.at + 3; end < this.#text.length && this.#text[end] !== '\n'; end++) {
      const character = this.#text[end]!;
      if (quote === '' && /["']/.test(character)) quote = character;
      else if (character === quote && this.#text[end - 1] !== '\\') quote = '';
      else if (quote === '' && character === ')') {
        if (this.#text[end + 1] !== ']') return 'unclosed array expect ]';
        const inner = this.#text.slice(this.at + 3, end);
        this.at = end + 2;
        return this.#condition(inner);
      }
    }
    return 'unterminated filter';
  }

  #condition(inner: string): string | undefined {
    const found = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(inner);
    const left = parsePath(found ? found[1]! : inner);
    if ('error' in left) return left.error;
    const right = parsePath(found ? found[3]! : '');
    if ('error' in right) return right.error;
    this.#nodes.push({ is: 'filter', left: left.value, operator: found ? found[2]! : 'exists', right: right.value });
    return undefined;
  }
}

/** '3' and ':3' → 3; '' and ':' → undefined. */
const bound = (text = '') => (/\d/.test(text) ? Number(text.replace(':', '')) : undefined);

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' };

const unescape = (text: string) =>
  text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/g, (_, code: string) =>
    code.length > 1 ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : (controls[code] ?? code),
  );
