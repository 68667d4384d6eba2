// How a string is written in YAML: plain, quoted or as a block. The rules are go-yaml v2's, which are YAML 1.1's:
// `yes`, `012` and `2026-01-01` are no strings unless they are quoted.

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

/** `asKey`: a key on one line, where a block is not possible. */
export function styleOf(text: string, asKey: boolean): ScalarStyle {
  const allowed = analyse(text);
  if (text.includes('\n')) return asKey || !allowed.literal ? 'double' : 'literal';
  if (asKey && allowed.multiline) return 'double';
  if (!isString(text)) return 'double';
  if (allowed.plain) return 'plain';
  return allowed.single ? 'single' : 'double';
}

const words = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null'].flatMap((word) => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]),
);
const special = new Set(['', '~', '.nan', '.NaN', '.NAN', ...['.inf', '.Inf', '.INF'].flatMap((word) => [word, `+${word}`, `-${word}`])]);
const integer = /^[-+]?(0|[1-9][0-9]*|0[0-7]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const dotted = /^\.[0-9]+([eE][-+]?[0-9]+)?$/;
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const date = /^\d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])$/;
const clock = /^([01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(\.\d+)?$/;
const zone = /(Z|[+-]\d\d:\d\d)$/;

/** False when a reader would take the plain text for a bool, a number, null or a time. */
function isString(text: string): boolean {
  if (words.has(text) || special.has(text)) return false;
  if (text.startsWith('.')) return !dotted.test(text);
  if (!/^[-+0-9]/.test(text)) return true;
  const digits = text.replaceAll('_', '');
  return !(integer.test(digits) || float.test(digits) || base60.test(text) || isTimestamp(text));
}

/** '2026-01-02', '2026-01-02T03:04:05Z' or '2026-01-02 03:04:05'. */
function isTimestamp(text: string): boolean {
  const [day, time, ...more] = text.split(/[Tt ]/);
  if (!date.test(day!) || more.length > 0) return false;
  if (time === undefined) return true;
  return text.includes(' ') ? clock.test(time) : zone.test(time) && clock.test(time.replace(zone, ''));
}

interface Allowed {
  readonly plain: boolean;
  readonly single: boolean;
  readonly literal: boolean;
  readonly multiline: boolean;
}

const indicators = new Set('#,[]{}&*!|>\'"%@`');
const isBreak = (character: string) => /[\r\n\x85\u2028\u2029]/.test(character);
const isBlank = (character: string | undefined) => character === undefined || character === ' ' || character === '\t';

/** What go-yaml writes unescaped. Tabs and everything outside the basic plane are not among it. */
export function isPrintable(character: string): boolean {
  const code = character.codePointAt(0)!;
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code < 0xd800) ||
    (code >= 0xe000 && code <= 0xffff && code !== 0xfeff && code !== 0xfffe && code !== 0xffff)
  );
}

function analyse(text: string): Allowed {
  const characters = [...text];
  let plain = !/^(---|\.\.\.)/.test(text);
  let single = true;
  let literal = text !== '';
  let multiline = false;
  for (const [i, character] of characters.entries()) {
    const before = characters[i - 1];
    const blankAfter = isBlank(characters[i + 1]);
    if (i === 0 ? indicators.has(character) || (/[?:-]/.test(character) && blankAfter) : isIndicatorInside(character, before!, blankAfter)) plain = false;
    if (!isPrintable(character)) plain = single = literal = false;
    if (isBreak(character)) {
      multiline = true;
      plain = false;
      if (before === ' ') single = literal = false;
    } else if (character === ' ' && before !== undefined && isBreak(before)) single = false;
  }
  if (text.startsWith(' ')) plain = false;
  if (text.endsWith(' ')) plain = literal = false;
  return { plain, single, literal, multiline };
}

const isIndicatorInside = (character: string, before: string, blankAfter: boolean) =>
  (character === ':' && blankAfter) || (character === '#' && (isBlank(before) || isBreak(before)));
