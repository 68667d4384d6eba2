// Text as Go prints it into messages: %q, and lengths in bytes.

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** Go's %q: `a"b` → `"a\"b"`; printable characters of any script stay, others become \x00, \u00a0 or \U000e0001. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]|[^\x20-\x7e]/gu, quoteCharacter)}"`;
}

function quoteCharacter(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) as number;
  // Go prints a lone surrogate, which cannot be in UTF-8, as the replacement character.
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) return character;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const hex = (code: number, width: number) => code.toString(16).padStart(width, '0');

/** The quoting of Go's time package, which shows every byte that is not plain ASCII: `1µs` → `"1\xc2\xb5s"`. */
export function quoteBytes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character).replace(/%../g, (byte) => `\\x${byte.slice(1).toLowerCase()}`))}"`;
}

/** Go's len(s): bytes of the UTF-8 form. Limits on names and labels count these. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair is two units here and four bytes in UTF-8.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}
