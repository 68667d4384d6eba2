// JSON text → values, as strictly as Go's encoding/json and with its messages.
// Plain values as JSON.parse makes them, except where that would lose what the decoder must see: see Lexeme and Entries.

import { Entries, Lexeme } from './json-value.ts';

/** Deeper nesting is refused; Go's own limit is 10,000, more than a JavaScript stack holds. */
const maxDepth = 1000;

export function parseJson(text: string): { readonly value: unknown } | { readonly error: string } {
  const reader = new Reader(text);
  try {
    return { value: reader.document() };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { error: error.message };
    throw error;
  }
}

/** Thrown inside this file only. */
class SyntaxProblem extends Error {}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#unexpected('after top-level value');
    return value;
  }

  #value(): unknown {
    this.#space();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case 't':
        return this.#literal('true', true);
      case 'f':
        return this.#literal('false', false);
      case 'n':
        return this.#literal('null', null);
      default:
        return this.#number();
    }
  }

  #nested(read: () => unknown): unknown {
    if (++this.#depth > maxDepth) throw new SyntaxProblem('exceeded max depth');
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): unknown {
    const list: (readonly [string, unknown])[] = [];
    this.#space();
    if (this.#take('}')) return {};
    for (;;) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#unexpected('looking for beginning of object key string');
      const key = this.#string();
      this.#space();
      if (!this.#take(':')) this.#unexpected('after object key');
      list.push([key, this.#value()]);
      this.#space();
      if (this.#take('}')) return fromEntries(list);
      if (!this.#take(',')) this.#unexpected('after object key:value pair');
    }
  }

  #array(): unknown {
    const list: unknown[] = [];
    this.#space();
    if (this.#take(']')) return list;
    for (;;) {
      list.push(this.#value());
      this.#space();
      if (this.#take(']')) return list;
      if (!this.#take(',')) this.#unexpected('after array element');
    }
  }

  #string(): string {
    const start = ++this.#at;
    let value = '';
    let from = start;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === '"') {
        value += this.#text.slice(from, this.#at++);
        // A surrogate without its other half is no text: Go puts the replacement character there.
        return value.replace(/\p{Surrogate}/gu, '\ufffd');
      }
      if (character === undefined || character < ' ') this.#unexpected('in string literal');
      if (character !== '\\') {
        this.#at++;
        continue;
      }
      value += this.#text.slice(from, this.#at++) + this.#escape();
      from = this.#at;
    }
  }

  #escape(): string {
    const character = this.#text[this.#at];
    const known = character === undefined ? undefined : escapes[character];
    if (known !== undefined) {
      this.#at++;
      return known;
    }
    if (character !== 'u') this.#unexpected('in string escape code');
    this.#at++;
    for (let i = 0; i < 4; i++, this.#at++) {
      if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? '')) this.#unexpected('in \\u hexadecimal character escape');
    }
    return String.fromCharCode(Number.parseInt(this.#text.slice(this.#at - 4, this.#at), 16));
  }

  #literal(word: string, value: unknown): unknown {
    for (let i = 0; i < word.length; i++, this.#at++) {
      if (this.#text[this.#at] !== word[i]) this.#unexpected(`in literal ${word} (expecting '${word[i]}')`);
    }
    return value;
  }

  #number(): unknown {
    const start = this.#at;
    const isNegative = this.#take('-');
    if (!this.#isDigit()) this.#unexpected(isNegative ? 'in numeric literal' : 'looking for beginning of value');
    if (!this.#take('0')) this.#digits();
    if (this.#take('.')) {
      if (!this.#isDigit()) this.#unexpected('after decimal point in numeric literal');
      this.#digits();
    }
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-');
      if (!this.#isDigit()) this.#unexpected('in exponent of numeric literal');
      this.#digits();
    }
    const text = this.#text.slice(start, this.#at);
    const value = Number(text);
    return String(value) === text ? value : new Lexeme(text);
  }

  #isDigit(): boolean {
    const character = this.#text[this.#at];
    return character !== undefined && character >= '0' && character <= '9';
  }

  #digits(): void {
    while (this.#isDigit()) this.#at++;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character !== ' ' && character !== '\n' && character !== '\t' && character !== '\r') return;
      this.#at++;
    }
  }

  #unexpected(where: string): never {
    const character = this.#text.codePointAt(this.#at);
    throw new SyntaxProblem(character === undefined ? 'unexpected end of JSON input' : `invalid character ${quoteByte(firstByte(character))} ${where}`);
  }
}

function fromEntries(list: readonly (readonly [string, unknown])[]): unknown {
  const value: Record<string, unknown> = Object.fromEntries(list);
  const keys = Object.keys(value);
  // Also true of '__proto__', which is an ordinary key on the wire.
  return keys.length === list.length && keys.every((key, i) => key === list[i]?.[0]) ? value : new Entries(list);
}

/** Go reads bytes: of a character outside ASCII it names the first byte of its UTF-8 form, as if that were a character. */
function firstByte(code: number): number {
  if (code < 0x80) return code;
  if (code < 0x800) return 0xc0 | (code >> 6);
  return code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
}

function quoteByte(byte: number): string {
  if (byte === 0x27) return String.raw`'\''`;
  if (byte === 0x22) return `'"'`;
  const named: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 92: '\\\\' };
  const isPrintable = (byte >= 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  return `'${named[byte] ?? (isPrintable ? String.fromCharCode(byte) : byte < 0x80 ? `\\x${hex(byte, 2)}` : `\\u${hex(byte, 4)}`)}'`;
}

const hex = (code: number, width: number) => code.toString(16).padStart(width, '0');
