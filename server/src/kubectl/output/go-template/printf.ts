// Go's fmt.Sprintf, for the values that a template can have.
import { quote } from '../../../kube/quote.ts';
import { goSyntax } from '../../../kube/go-values.ts';
import { floatText, textOf, typeName, type Value } from './values.ts';

/** `%-10s`, `%05d`, `%.2f`, `%q`, `%v`, `%t`, `%x`, `%T`, `%%`, `%*d`. */
export function sprintf(format: string, values: readonly Value[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([\s\S])?/g,
    (whole, flags: string, width: string | undefined, precision: string | undefined, verb: string | undefined) => {
      if (verb === undefined) return '%!(NOVERB)';
      if (verb === '%') return '%';
      const columns = width === '*' ? Number(values[next++]) : Number(width ?? 0);
      const digits = whole.includes('.') ? (precision === '*' ? Number(values[next++]) : Number(precision ?? 0)) : undefined;
      if (next >= values.length) return `%!${verb}(MISSING)`;
      return padded(one(verb, values[next++], flags, digits), flags, columns);
    },
  );
  const rest = values.slice(next);
  return rest.length === 0 ? text : `${text}%!(EXTRA ${rest.map((value) => `${typeName(value)}=${textOf(value)}`).join(', ')})`;
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !/^[-+]?[\d.]/.test(text)) return text.padStart(width);
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function one(verb: string, value: Value, flags: string, digits: number | undefined): string {
  switch (verb) {
    case 'v':
      return flags.includes('#') ? goSyntax(typeof value === 'bigint' ? Number(value) : value) : textOf(value);
    case 'T':
      return typeName(value);
    case 's':
      return typeof value === 'string' ? cut(value, digits) : typeof value === 'object' && value ? textOf(value) : wrong(verb, value);
    case 'q':
      return typeof value === 'string' ? quote(cut(value, digits)) : wrong(verb, value);
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong(verb, value);
    case 'd':
      return typeof value === 'bigint' ? signed(String(value), flags) : wrong(verb, value);
    case 'x':
    case 'X': {
      if (typeof value !== 'bigint') return wrong(verb, value);
      return verb === 'x' ? value.toString(16) : value.toString(16).toUpperCase();
    }
    case 'o':
      return typeof value === 'bigint' ? value.toString(8) : wrong(verb, value);
    case 'b':
      return typeof value === 'bigint' ? value.toString(2) : wrong(verb, value);
    case 'c':
      return typeof value === 'bigint' ? String.fromCodePoint(Number(value)) : wrong(verb, value);
    case 'f':
    case 'F':
      return typeof value === 'number' ? signed(value.toFixed(digits ?? 6), flags) : wrong(verb, value);
    case 'e':
      return typeof value === 'number' ? signed(value.toExponential(digits ?? 6).replace(/e([+-])(\d)$/, 'e$10$2'), flags) : wrong(verb, value);
    case 'g':
      return typeof value === 'number'
        ? signed(digits === undefined ? floatText(value) : String(Number(value.toPrecision(digits || 1))), flags)
        : wrong(verb, value);
    default:
      return wrong(verb, value);
  }
}

const cut = (text: string, digits: number | undefined) => (digits === undefined ? text : [...text].slice(0, digits).join(''));
const signed = (text: string, flags: string) => (flags.includes('+') && !text.startsWith('-') ? `+${text}` : text);
const wrong = (verb: string, value: Value) => (value === undefined || value === null ? `%!${verb}(<nil>)` : `%!${verb}(${typeName(value)}=${textOf(value)})`);
