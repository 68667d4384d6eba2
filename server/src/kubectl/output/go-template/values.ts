// Values of a template and how Go prints them.
import { goText } from '../../../kube/go-values.ts';

/** Of the data: JSON, numbers as float64. Of the template: bigint is Go's int. Undefined is a key that is not there. */
export type Value = string | number | bigint | boolean | null | undefined | readonly Value[] | { readonly [key: string]: Value };

/** As `{{.}}` prints it. */
export const printed = (value: Value): string => (value === undefined || value === null ? '<no value>' : textOf(value));

/** As `print` prints it. */
export const textOf = (value: Value): string =>
  value === undefined || value === null ? '<nil>' : typeof value === 'bigint' ? String(value) : typeof value === 'number' ? floatText(value) : goText(value);

/** Go's %v of a float64: with an exponent of two digits from 1e+21 on and below 1e-04. */
export function floatText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e21) ? value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2') : String(value);
}

export function typeName(value: Value): string {
  if (value === null || value === undefined) return 'interface {}';
  if (Array.isArray(value)) return '[]interface {}';
  return { string: 'string', number: 'float64', bigint: 'int', boolean: 'bool' }[typeof value as string] ?? 'map[string]interface {}';
}
