// JSON as Go's encoding/json writes it: keys in byte order, and <, >, & escaped, since Go's default is safe for HTML.

/** `indent`: blanks a level (kubectl uses 4); 0 for one line without blanks. */
export function goJson(value: unknown, indent = 0): string {
  return write(value, { step: ' '.repeat(indent), isSorted: true }, indent === 0 ? undefined : '\n');
}

/** Of a struct: its fields in their own order. */
export function goStructJson(value: unknown, indent = 0): string {
  return write(value, { step: ' '.repeat(indent), isSorted: false }, indent === 0 ? undefined : '\n');
}

interface Layout {
  readonly step: string;
  readonly isSorted: boolean;
}

function write(value: unknown, layout: Layout, newline: string | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  const inner = newline === undefined ? undefined : newline + layout.step;
  const around = (open: string, parts: readonly string[], close: string) =>
    parts.length === 0 ? open + close : open + (inner ?? '') + parts.join(`,${inner ?? ''}`) + (newline ?? '') + close;
  if (Array.isArray(value))
    return around(
      '[',
      value.map((item) => write(item, layout, inner)),
      ']',
    );
  const colon = newline === undefined ? ':' : ': ';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (layout.isSorted) entries.sort(([a], [b]) => byBytes(a, b));
  return around(
    '{',
    entries.map(([key, item]) => quote(key) + colon + write(item, layout, inner)),
    '}',
  );
}

/** Order of UTF-8 bytes, which is the order of code points and not that of UTF-16 units. */
export function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    // Surrogates stand for code points above every other unit.
    const surrogates = Number(left >= 0xd800 && left < 0xe000) - Number(right >= 0xd800 && right < 0xe000);
    return surrogates !== 0 ? surrogates : left - right;
  }
  return a.length - b.length;
}

const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' };

const quote = (text: string): string => JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character]!);
