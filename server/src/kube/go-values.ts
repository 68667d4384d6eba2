// Plain JSON as Go's fmt prints a map[string]interface{}: what custom columns show, and what error texts quote.
import { byBytes, goJson } from './go-json.ts';
import { quote } from './quote.ts';

/** `%v`: 'map[a:1 b:[x y]]', '<nil>'. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value === 'object') return `map[${sorted(value, (key, item) => `${key}:${goText(item)}`).join(' ')}]`;
  return String(value);
}

/** `%T` of a value as Go decodes it: 'int64', 'map[string]interface {}', '<nil>'. */
export function goTypeOf(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'object' ? 'map[string]interface {}' : typeof value === 'boolean' ? 'bool' : 'string';
}

/** `%#v`: 'map[string]interface {}{"a":1, "b":[]interface {}{"x", "y"}}'. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value === 'object') return `map[string]interface {}{${sorted(value, (key, item) => `${quote(key)}:${goSyntax(item)}`).join(', ')}}`;
  return typeof value === 'string' ? quote(value) : goJson(value);
}

function sorted(value: object, write: (key: string, item: unknown) => string): string[] {
  return Object.entries(value)
    .sort(([a], [b]) => byBytes(a, b))
    .map(([key, item]) => write(key, item));
}
