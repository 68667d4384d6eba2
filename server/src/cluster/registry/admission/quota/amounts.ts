// Lists of resources with exact amounts, and the arithmetic of quota on them (k8s.io/apiserver/pkg/quota/v1).
import { addQuantities, compareQuantities, formatQuantity, quantityOf, subtractQuantities, type Quantity } from '../../../../kube/quantity.ts';

export type Amounts = ReadonlyMap<string, Quantity>;
/** As objects hold them: `{ 'requests.cpu': '900m' }`. */
export type ResourceTexts = Readonly<Record<string, string | number>>;

export const zero: Quantity = quantityOf('0');
export const one: Quantity = quantityOf('1');

export function amountsOf(texts: ResourceTexts | undefined): Amounts {
  const amounts = new Map<string, Quantity>();
  for (const name in texts) amounts.set(name, quantityOf(texts[name]!));
  return amounts;
}

/** In the order of names, as the server writes maps. */
export function textsOf(amounts: Amounts): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of [...amounts.keys()].sort()) texts[name] = formatQuantity(amounts.get(name)!);
  return texts;
}

/** `pods=1,requests.cpu=300m` */
export const amountsText = (amounts: Amounts): string =>
  Object.entries(textsOf(amounts))
    .map(([name, text]) => `${name}=${text}`)
    .join(',');

export const isSame = (a: Amounts, b: Amounts): boolean =>
  a.size === b.size && [...a].every(([name, amount]) => b.has(name) && compareQuantities(amount, b.get(name)!) === 0);

export function sumOf(a: Amounts, b: Amounts): Amounts {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const before = sum.get(name);
    sum.set(name, before ? addQuantities(before, amount) : amount);
  }
  return sum;
}

/** a - b, but never less than nothing. */
export function growthOf(a: Amounts, b: Amounts): Amounts {
  const growth = new Map<string, Quantity>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const difference = subtractQuantities(a.get(name) ?? zero, b.get(name) ?? zero);
    growth.set(name, compareQuantities(difference, zero) > 0 ? difference : zero);
  }
  return growth;
}

export const only = (amounts: Amounts, has: (name: string) => boolean): Amounts => new Map([...amounts].filter(([name]) => has(name)));

export const withoutZeros = (amounts: Amounts): Amounts => new Map([...amounts].filter(([, amount]) => amount.unscaled !== 0n));

export const negativeOf = (amounts: Amounts): readonly string[] => [...amounts].filter(([, amount]) => amount.unscaled < 0n).map(([name]) => name);

/** The names whose amount is larger than what `most` allows. */
export const exceedingOf = (amounts: Amounts, most: Amounts): ReadonlySet<string> =>
  new Set([...most].filter(([name, limit]) => amounts.has(name) && compareQuantities(amounts.get(name)!, limit) > 0).map(([name]) => name));
