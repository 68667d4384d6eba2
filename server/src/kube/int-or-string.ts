// A number, or a percentage or a port name (k8s.io/apimachinery util/intstr).

export type IntOrString = number | string;

export type Rounding = 'up' | 'down';

/**
 * The number meant, with percentages taken of `total`: ('25%', 10, 'up') → 3, ('25%', 10, 'down') → 2, (4, 10, …) → 4.
 * Other text is an error in the words of GetScaledValueFromIntOrPercent.
 */
export function scaledValue(value: IntOrString, total: number, rounding: Rounding): number | { readonly error: string } {
  if (typeof value === 'number') return value;
  if (!value.endsWith('%')) return { error: 'invalid value for IntOrString: invalid type: string is not a percentage' };
  const digits = value.slice(0, -1);
  if (!/^[-+]?[0-9]+$/.test(digits))
    return { error: `invalid value for IntOrString: invalid value "${value}": strconv.Atoi: parsing "${digits}": invalid syntax` };
  const exact = (Number(digits) * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

/** Like scaledValue for values that validation has already let through; anything else counts as 0. */
export function resolveIntOrString(value: IntOrString | undefined, total: number, rounding: Rounding): number {
  const scaled = value === undefined ? 0 : scaledValue(value, total, rounding);
  return typeof scaled === 'number' ? scaled : 0;
}

/** The percentage of '25%', or undefined for a number or other text. */
export function percentOf(value: IntOrString): number | undefined {
  return typeof value === 'string' && /^[0-9]+%$/.test(value) ? Number(value.slice(0, -1)) : undefined;
}
