// From the text of a script to its words: quotes, expansions, redirections, here-documents. What is inside of $( ) is a script again.
import type { List, Part, Redirection, Word } from './syntax.ts';

export abstract class WordReader {
  protected readonly text: string;
  protected at = 0;
  protected depth = 0;
  problem: string | undefined;
  /** Here-documents whose text begins at the next line. */
  protected pending: { readonly end: string; readonly literal: boolean; fill: (word: Word) => void }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Commands up to one of these words. */
  protected abstract list(until: ReadonlySet<string>): List;

  /** Commands up to this end, which is taken. */
  protected abstract closed(end: string): List;

  /** A reader of its own for a part of the text. */
  protected abstract inside(text: string): WordReader;

  get atEnd(): boolean {
    return this.problem !== undefined || this.at >= this.text.length;
  }

  peek(length = 1): string {
    return this.text.slice(this.at, this.at + length);
  }

  fail(problem: string): void {
    this.problem ??= problem;
    this.at = this.text.length;
  }

  /** The unquoted word that comes next, if it is one; nothing is taken. */
  peekWord(): string {
    this.blanks();
    return /^(?:;;|[^\s;&|<>()'"$`\\]+|\))/.exec(this.text.slice(this.at, this.at + 64))?.[0] ?? '';
  }

  protected redirections(): readonly Redirection[] {
    const found: Redirection[] = [];
    for (this.blanks(); ; this.blanks()) {
      const one = this.redirection();
      if (!one) return found;
      found.push(one);
    }
  }

  protected redirection(): Redirection | undefined {
    const match = /^(\d?)(<<-?|>>|>&|<&|>\||<|>)/.exec(this.peek(4)) ?? /^()(&>)/.exec(this.peek(2));
    if (!match) return undefined;
    const sign = match[2]!;
    this.at += match[0].length;
    this.blanks();
    const fd = match[1] === '' ? (sign.startsWith('<') ? 0 : sign === '&>' ? 3 : 1) : Number(match[1]);
    if (sign.startsWith('<<')) return this.#hereDocument(fd);
    const operator = sign === '>|' || sign === '&>' ? '>' : (sign as '<' | '>' | '>>' | '>&' | '<&');
    return { fd, operator, target: this.word() };
  }

  #hereDocument(fd: number): Redirection {
    const mark = this.word();
    const redirection = { fd, operator: '<<' as const, target: [] as Word };
    const literal = mark.some((part) => part.quoted);
    this.pending.push({ end: mark.map((part) => (part.kind === 'text' ? part.text : '')).join(''), literal, fill: (word) => (redirection.target = word) });
    return redirection;
  }

  protected readHereDocuments(): void {
    for (const { end, literal, fill } of this.pending.splice(0)) {
      let content = '';
      while (this.at < this.text.length) {
        const feed = this.text.indexOf('\n', this.at);
        const line = this.text.slice(this.at, feed < 0 ? undefined : feed);
        this.at = feed < 0 ? this.text.length : feed + 1;
        if (line.trimStart() === end) break;
        content += `${line}\n`;
      }
      fill(literal ? [{ kind: 'text', text: content, quoted: true }] : this.inside(content).quotedWhole());
    }
  }

  /** The whole text, as if between double quotes. */
  quotedWhole(): Word {
    const parts: Part[] = [];
    while (!this.atEnd) this.#quotedPart(parts, '');
    return parts;
  }

  protected words(): Word[] {
    const words: Word[] = [];
    for (this.blanks(); !this.atEnd && !/[\n;&|()<>]/.test(this.peek()); this.blanks()) words.push(this.word());
    return words;
  }

  protected word(): Word {
    const parts: Part[] = [];
    const start = this.at;
    while (!this.atEnd) {
      const character = this.peek();
      if (/[\s;&|<>()]/.test(character)) break;
      if (character === "'") this.#singleQuoted(parts);
      else if (character === '"') this.#doubleQuoted(parts);
      else if (character === '\\') {
        if (this.peek(2) !== '\\\n') parts.push({ kind: 'text', text: this.text[this.at + 1] ?? '\\', quoted: true });
        this.at += 2;
      } else if (character === '$' || character === '`') this.#dollar(parts, false);
      else {
        const text = /^[^\s;&|<>()'"\\$`]+/.exec(this.text.slice(this.at))![0];
        this.at += text.length;
        parts.push({ kind: 'text', text, quoted: false });
      }
    }
    if (this.at === start) this.fail(`syntax error: unexpected "${this.peek() === '\n' ? 'newline' : this.peek() || 'end of file'}"`);
    return parts;
  }

  #singleQuoted(parts: Part[]): void {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) return this.fail('syntax error: unterminated quoted string');
    parts.push({ kind: 'text', text: this.text.slice(this.at + 1, end), quoted: true });
    this.at = end + 1;
  }

  #doubleQuoted(parts: Part[]): void {
    this.at++;
    // An empty string is a word, too.
    parts.push({ kind: 'text', text: '', quoted: true });
    while (!this.atEnd && this.peek() !== '"') this.#quotedPart(parts, '"');
    if (this.peek() !== '"') return this.fail('syntax error: unterminated quoted string');
    this.at++;
  }

  #quotedPart(parts: Part[], end: string): void {
    const character = this.peek();
    if (character === '$' || character === '`') return this.#dollar(parts, true);
    if (character === '\\') {
      const next = this.text[this.at + 1] ?? '';
      if (next !== '\n') parts.push({ kind: 'text', text: next !== '' && '$`"\\'.includes(next) ? next : `\\${next}`, quoted: true });
      this.at += 2;
      return;
    }
    let stop = this.at;
    while (stop < this.text.length && !'\\$`'.includes(this.text[stop]!) && this.text[stop] !== end) stop++;
    parts.push({ kind: 'text', text: this.text.slice(this.at, stop), quoted: true });
    this.at = stop;
  }

  #dollar(parts: Part[], quoted: boolean): void {
    if (this.peek() === '`') return this.#backticks(parts, quoted);
    if (this.peek(3) === '$((') return this.#arithmetic(parts, quoted);
    if (this.peek(2) === '$(') {
      this.at += 2;
      parts.push({ kind: 'command', list: this.closed(')'), quoted });
      return;
    }
    if (this.peek(2) === '${') return this.#braces(parts, quoted);
    const name = /^\$([A-Za-z_]\w*|[0-9?$#@*!-])/.exec(this.text.slice(this.at, this.at + 256))?.[1];
    this.at += 1 + (name?.length ?? 0);
    if (name === undefined) parts.push({ kind: 'text', text: '$', quoted });
    else parts.push({ kind: 'parameter', name, operator: '', word: undefined, quoted });
  }

  #backticks(parts: Part[], quoted: boolean): void {
    const end = this.text.indexOf('`', this.at + 1);
    if (end < 0) return this.fail('syntax error: EOF in backquote substitution');
    const inner = this.inside(this.text.slice(this.at + 1, end));
    inner.depth = this.depth;
    const list = inner.list(new Set());
    if (inner.problem !== undefined) return this.fail(inner.problem);
    parts.push({ kind: 'command', list, quoted });
    this.at = end + 1;
  }

  #arithmetic(parts: Part[], quoted: boolean): void {
    let depth = 2;
    let end = this.at + 3;
    for (; end < this.text.length && depth > 0; end++) depth += this.text[end] === '(' ? 1 : this.text[end] === ')' ? -1 : 0;
    if (depth > 0) return this.fail('syntax error: unterminated $((');
    parts.push({ kind: 'arithmetic', expression: this.inside(this.text.slice(this.at + 3, end - 2)).quotedWhole(), quoted });
    this.at = end;
  }

  #braces(parts: Part[], quoted: boolean): void {
    this.at += 2;
    const length = /^#([A-Za-z_]\w*|[0-9@*])\}/.exec(this.text.slice(this.at, this.at + 256));
    const match = length ?? /^([A-Za-z_]\w*|[0-9]+|[?$#@*!-])(:?[-+=?]|##?|%%?|\})/.exec(this.text.slice(this.at, this.at + 256));
    if (!match) return this.fail('syntax error: bad substitution');
    this.at += match[0].length;
    const operator = length ? 'length' : match[2] === '}' ? '' : match[2]!;
    const word: Part[] = [];
    if (operator !== '' && operator !== 'length') {
      while (!this.atEnd && this.peek() !== '}') {
        if (this.peek() === "'" && !quoted) this.#singleQuoted(word);
        else if (this.peek() === '"') this.#doubleQuoted(word);
        else this.#quotedPart(word, this.#nextOf('}"\''));
      }
      if (this.peek() !== '}') return this.fail('syntax error: unterminated ${');
      this.at++;
    }
    // What # and % cut off is a pattern, quoted or not.
    const isPattern = operator.startsWith('#') || operator.startsWith('%');
    const meant = isPattern && quoted ? word.map((part) => ({ ...part, quoted: false })) : word;
    parts.push({ kind: 'parameter', name: match[1]!, operator, word: meant, quoted });
  }

  /** Which of these characters comes first. */
  #nextOf(characters: string): string {
    for (let at = this.at; at < this.text.length; at++) if (characters.includes(this.text[at]!)) return this.text[at]!;
    return '';
  }

  protected take(word: string): void {
    this.blanks();
    if (word !== '' && this.text.startsWith(word, this.at)) this.at += word.length;
    else
      this.fail(`syntax error: unexpected ${this.atEnd ? 'end of file' : `"${this.peekWord() || this.peek()}"`}${word === '' ? '' : ` (expecting "${word}")`}`);
  }

  /** Blanks and comments. */
  protected blanks(): void {
    for (;;) {
      const blank = /^(?:[ \t\r]|\\\n)+/.exec(this.text.slice(this.at, this.at + 1024));
      if (blank) this.at += blank[0].length;
      else if (this.peek() === '#' && (this.at === 0 || /\s|;/.test(this.text[this.at - 1]!))) {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  /** Blanks, comments and line ends. */
  protected lines(): void {
    for (this.blanks(); this.peek() === '\n'; this.blanks()) {
      this.at++;
      this.readHereDocuments();
    }
  }
}
