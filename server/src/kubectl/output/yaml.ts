// YAML as kubectl prints it, which is what sigs.k8s.io/yaml makes of JSON: keys sorted, lists not indented under their key,
// long plain and quoted texts folded at the first blank after column 80.
//
// Invariant: reading the output gives the value back.
import { isPrintable, styleOf } from './yaml-scalar.ts';

const bestWidth = 80;

/** `value` is plain JSON. Ends with a line break. */
export function toYaml(value: unknown): string {
  const writer = new Writer();
  writer.node(value, 0, 'root');
  return `${writer.text}\n`;
}

/** Where a node stands: at the start of the document, after `key:`, or after `- ` (or `? `, `: `) on the same line. */
type Place = 'root' | 'value' | 'item';

class Writer {
  text = '';
  #column = 0;

  /** `indent`: the column of the mapping or list around the node. */
  node(value: unknown, indent: number, place: Place): void {
    if (Array.isArray(value)) {
      if (value.length === 0) return this.#put(place === 'root' ? '[]' : ' []');
      // After `key:` the dashes stand under the key; after a dash they stand two further in.
      return this.#list(value, place === 'item' ? indent + 2 : indent, place);
    }
    if (typeof value === 'object' && value !== null) {
      const keys = Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined);
      if (keys.length === 0) return this.#put(place === 'root' ? '{}' : ' {}');
      return this.#mapping(value as Record<string, unknown>, keys.sort(naturally), place === 'root' ? indent : indent + 2, place);
    }
    if (place !== 'root') this.#put(' ');
    if (typeof value === 'string') return this.#string(value, indent + 2, false);
    this.#put(typeof value === 'number' ? goNumber(value) : String(value ?? null));
  }

  #list(items: readonly unknown[], indent: number, place: Place): void {
    for (const [i, item] of items.entries()) {
      this.#lineAt(indent, i === 0, place);
      this.#put('-');
      this.node(item, indent, 'item');
    }
  }

  #mapping(value: Record<string, unknown>, keys: readonly string[], indent: number, place: Place): void {
    for (const [i, key] of keys.entries()) {
      this.#lineAt(indent, i === 0, place);
      if (utf8Length(key) <= 128 && !/[\r\n\x85\u2028\u2029]/.test(key)) {
        this.#string(key, indent + 2, true);
        this.#put(':');
        this.node(value[key], indent, 'value');
        continue;
      }
      // A key too long for one line with its value.
      this.#put('? ');
      this.#string(key, indent + 2, false);
      this.#line(indent);
      this.#put(':');
      this.node(value[key], indent, 'item');
    }
  }

  /** The first entry of a node that follows a dash stays on its line. */
  #lineAt(indent: number, first: boolean, place: Place): void {
    if (!first || place === 'value') this.#line(indent);
    else if (place === 'item') this.#put(' ');
  }

  #string(text: string, indent: number, asKey: boolean): void {
    switch (styleOf(text, asKey)) {
      case 'plain':
        return this.#folded(text, indent, asKey, (character) => character);
      case 'single':
        this.#put("'");
        this.#folded(text, indent, asKey, (character) => (character === "'" ? "''" : character));
        return this.#put("'");
      case 'double':
        return this.#doubleQuoted(text, indent, asKey);
      case 'literal':
        return this.#literal(text, indent);
    }
  }

  /** A single blank beyond column 80 becomes a line break. */
  #folded(text: string, indent: number, asKey: boolean, write: (character: string) => string): void {
    const characters = [...text];
    for (const [i, character] of characters.entries()) {
      const inside = i > 0 && i < characters.length - 1;
      if (character === ' ' && !asKey && inside && this.#column > bestWidth && characters[i - 1] !== ' ' && characters[i + 1] !== ' ') this.#line(indent);
      else this.#put(write(character));
    }
  }

  #doubleQuoted(text: string, indent: number, asKey: boolean): void {
    const characters = [...text];
    this.#put('"');
    for (const [i, character] of characters.entries()) {
      if (mustEscape(character)) this.#put(escaped(character));
      else if (character === ' ' && !asKey && i > 0 && i < characters.length - 1 && this.#column > bestWidth && characters[i - 1] !== ' ') {
        this.#line(indent);
        if (characters[i + 1] === ' ') this.#put('\\');
      } else this.#put(character);
    }
    this.#put('"');
  }

  #literal(text: string, indent: number): void {
    const lines = text.split('\n');
    const indentHint = /^[ \n]/.test(text) ? '2' : '';
    const chomp = text.endsWith('\n') ? (text.length === 1 || text.endsWith('\n\n') ? '+' : '') : '-';
    this.#put(`|${indentHint}${chomp}`);
    if (text.endsWith('\n')) lines.pop();
    for (const line of lines) {
      if (line === '') this.#line(0);
      else {
        this.#line(indent);
        this.#put(line);
      }
    }
  }

  #line(indent: number): void {
    this.text += `\n${' '.repeat(indent)}`;
    this.#column = indent;
  }

  #put(text: string): void {
    this.text += text;
    this.#column += text.length === 1 ? 1 : [...text].length;
  }
}

const utf8Length = (text: string) =>
  [...text].reduce((sum, character) => sum + (character < '\x80' ? 1 : character < '\u0800' ? 2 : character.length === 2 ? 4 : 3), 0);

const mustEscape = (character: string) => !isPrintable(character) || /[\r\n\x85\u2028\u2029"\\]/.test(character);

const shortEscapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0)!;
  const [letter, digits] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${letter}${code
    .toString(16)
    .toUpperCase()
    .padStart(digits as number, '0')}`;
}

/** Whole numbers whole; others as Go's shortest 'g': from 1e+06 on and below 1e-04 with an exponent of two digits at least. */
function goNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e6 ? String(value) : value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

/** go-yaml's order of keys: digits by their value ('a2' before 'a10'), letters after everything else. */
export function naturally(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const l = left[i]!;
    const r = right[i]!;
    if (l === r) continue;
    const letters = Number(isLetter(l)) - Number(isLetter(r));
    if (letters !== 0) return letters;
    if (isLetter(l)) return l.codePointAt(0)! - r.codePointAt(0)!;
    const digitsBefore = (l === '0' || r === '0') && /[1-9]\d*$/.test(left.slice(0, i).join('')) ? '1' : '';
    const leftDigits = digitsFrom(left, i);
    const rightDigits = digitsFrom(right, i);
    const byValue = Number(digitsBefore + leftDigits) - Number(digitsBefore + rightDigits);
    if (byValue !== 0) return byValue;
    return leftDigits.length - rightDigits.length || l.codePointAt(0)! - r.codePointAt(0)!;
  }
  return left.length - right.length;
}

const isLetter = (character: string) => /\p{L}/u.test(character);

function digitsFrom(characters: readonly string[], start: number): string {
  let end = start;
  while (end < characters.length && /\d/.test(characters[end]!)) end++;
  return characters.slice(start, end).join('');
}
