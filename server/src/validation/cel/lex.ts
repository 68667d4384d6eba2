// CEL text → tokens.
import type { Issue, Literal } from './expression.ts';

export interface Token {
  readonly is: 'end' | 'name' | 'quoted' | 'literal' | 'sign';
  readonly text: string;
  readonly at: number;
  readonly value?: Literal;
}

/** Stops the reading. Thrown inside this folder only; `parse` turns it into an issue. */
export class Unreadable extends Error {
  readonly issue: Issue;
  constructor(issue: Issue) {
    super(issue.message);
    this.issue = issue;
  }
}

const blank = /(?:[ \t\r\n\f]|\/\/[^\n]*)+/y;
const number = /(?:0[xX][0-9a-fA-F]+[uU]?|\d+\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\.\d+(?:[eE][-+]?\d+)?|\d+[uU]?)/y;
const name = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const quoted = /`([a-zA-Z0-9_.\-/ ]+)`/y;
const text = /([rR]?[bB]?|[bB][rR])("""[\s\S]*?(?<!\\)(?:\\\\)*"""|'''[\s\S]*?(?<!\\)(?:\\\\)*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')/y;
const rawText = /([rR][bB]?|[bB][rR])("""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n\r]*"|'[^'\n\r]*')/y;
const sign = /&&|\|\||==|!=|<=|>=|\[\?|\.\?|[-+*/%!<>?:.,()[\]{}=]/y;

const words: Readonly<Record<string, Literal>> = { true: true, false: false, null: null };

export function lex(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  for (;;) {
    at += take(blank)?.[0].length ?? 0;
    if (at >= source.length) return [...tokens, { is: 'end', text: '<EOF>', at }];
    const token = next(source, at, take);
    tokens.push(token);
    at += token.text.length;
  }
}

function next(source: string, at: number, take: (pattern: RegExp) => RegExpExecArray | null): Token {
  const raw = take(rawText) ?? take(text);
  if (raw) return { is: 'literal', text: raw[0], at, value: textValue(raw[1]!.toLowerCase(), raw[2]!, at) };
  const word = take(name);
  if (word) return Object.hasOwn(words, word[0]) ? { is: 'literal', text: word[0], at, value: words[word[0]]! } : { is: 'name', text: word[0], at };
  const escaped = take(quoted);
  if (escaped) return { is: 'quoted', text: escaped[0], at };
  // '.5' is a number, also behind a name: no field begins with a digit. The grammar knows '1.5' and not '1.'.
  const digits = /^\.?\d/.test(source.slice(at, at + 2)) ? take(number) : null;
  if (digits) return { is: 'literal', text: digits[0], at, value: numberValue(digits[0], at) };
  const found = take(sign);
  if (found) return { is: 'sign', text: found[0], at };
  throw new Unreadable({ at, message: `Syntax error: token recognition error at: '${source.slice(at, at + 1)}'` });
}

function numberValue(digits: string, at: number): Literal {
  const unsigned = /[uU]$/.test(digits);
  const body = unsigned ? digits.slice(0, -1) : digits;
  if (!unsigned && /^(?!0[xX]).*[.eE]/.test(body)) return Number(body);
  const value = BigInt(body);
  if (unsigned) return { uint: value };
  // The smallest integer is a minus before a number that is too large by itself; the parser looks after the range.
  if (value > 2n ** 63n) throw new Unreadable({ at, message: 'invalid int literal' });
  return value;
}

const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
};

function textValue(prefix: string, body: string, at: number): Literal {
  const long = body.startsWith('"""') || body.startsWith("'''") ? 3 : 1;
  const inner = body.slice(long, body.length - long);
  const isBytes = prefix.includes('b');
  const value = prefix.includes('r') ? inner : unescaped(inner, isBytes, at);
  return isBytes ? utf8(value) : value;
}

function unescaped(inner: string, isBytes: boolean, at: number): string {
  return inner.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]))/g, (_, x, u, long, octal, one) => {
    if (one !== undefined) {
      const found = simple[one as string];
      if (found === undefined) throw new Unreadable({ at, message: `Syntax error: token recognition error at: '\\${one as string}'` });
      return found;
    }
    const code = octal === undefined ? Number.parseInt((x ?? u ?? long) as string, 16) : Number.parseInt(octal as string, 8);
    void isBytes;
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });
}

/** UTF-8, without the encoder of the platform. */
export function utf8(value: string): Uint8Array {
  const encoded = encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));
  const bytes: number[] = [];
  for (let i = 0; i < encoded.length; i++) {
    if (encoded[i] === '%') {
      bytes.push(Number.parseInt(encoded.slice(i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(encoded.charCodeAt(i));
  }
  return Uint8Array.from(bytes);
}
