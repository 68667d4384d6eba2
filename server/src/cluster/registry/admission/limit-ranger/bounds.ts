// Whether an amount is within what a LimitRange allows, in the words of LimitRanger.
//
// Amounts are compared in thousandths, as the server does: 100m of cpu is 100, 64Mi of memory 67108864000.
import { formatQuantity, quantityToNumber, roundUpToMilli, type Quantity } from '../../../../kube/quantity.ts';
import type { LimitRangeItem } from '../../../../schema/generated/types.ts';
import { amountsOf, type Amounts } from '../quota/amounts.ts';

/** What something requests, and the most it may use; limits absent: it cannot say. */
export interface Wanted {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** Everything that is wrong with one container, or with a pod as a whole. */
export function outOfBounds({ type, min, max, maxLimitRequestRatio }: LimitRangeItem, wanted: Wanted): readonly string[] {
  return [
    ...each(min, (name, least) => tooLittle(type, name, least, wanted)),
    ...each(max, (name, most) => tooMuch(type, name, most, wanted)),
    ...each(maxLimitRequestRatio, (name, most) => tooFarApart(type, name, most, wanted)),
  ];
}

/** Of a claim only the request counts. */
export function claimOutOfBounds({ type, min, max }: LimitRangeItem, requests: Amounts): readonly string[] {
  return [
    ...each(min, (name, least) => tooLittle(type, name, least, { requests, limits: new Map() })),
    ...each(max, (name, most) => requestTooMuch(type, name, most, requests)),
  ];
}

type Texts = Readonly<Record<string, string | number>>;

/** Kubernetes walks the map in random order; ours is that of the names. */
const each = (bounds: Texts | undefined, find: (name: string, bound: Quantity) => string | undefined): readonly string[] =>
  [...amountsOf(bounds)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bound]) => find(name, bound))
    .filter((found) => found !== undefined);

function tooLittle(type: string, name: string, least: Quantity, { requests, limits }: Wanted): string | undefined {
  const says = `minimum ${name} usage per ${type} is ${formatQuantity(least)}`;
  const [request, limit] = [requests.get(name), limits.get(name)];
  if (!request) return `${says}.  No request is specified`;
  if (milli(request) < milli(least)) return `${says}, but request is ${formatQuantity(request)}`;
  if (limit && milli(limit) < milli(least)) return `${says}, but limit is ${formatQuantity(limit)}`;
  return undefined;
}

function tooMuch(type: string, name: string, most: Quantity, { requests, limits }: Wanted): string | undefined {
  const says = `maximum ${name} usage per ${type} is ${formatQuantity(most)}`;
  const [request, limit] = [requests.get(name), limits.get(name)];
  if (!limit) return `${says}.  No limit is specified`;
  if (milli(limit) > milli(most)) return `${says}, but limit is ${formatQuantity(limit)}`;
  if (request && milli(request) > milli(most)) return `${says}, but request is ${formatQuantity(request)}`;
  return undefined;
}

function requestTooMuch(type: string, name: string, most: Quantity, requests: Amounts): string | undefined {
  const says = `maximum ${name} usage per ${type} is ${formatQuantity(most)}`;
  const request = requests.get(name);
  if (!request) return `${says}.  No request is specified`;
  return milli(request) > milli(most) ? `${says}, but request is ${formatQuantity(request)}` : undefined;
}

function tooFarApart(type: string, name: string, most: Quantity, { requests, limits }: Wanted): string | undefined {
  const says = `${name} max limit to request ratio per ${type} is ${formatQuantity(most)}`;
  const [request, limit] = [requests.get(name), limits.get(name)];
  if (!request || milli(request) === 0) return `${says}, but no request is specified or request is 0`;
  if (!limit || milli(limit) === 0) return `${says}, but no limit is specified or limit is 0`;
  const ratio = milli(limit) / milli(request);
  return ratio * 1000 > milli(most) ? `${says}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

const milli = (amount: Quantity) => quantityToNumber(roundUpToMilli(amount), -3);
