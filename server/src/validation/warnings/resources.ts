// Amounts of bytes that are no whole bytes: 'memory: 100m' is a tenth of a byte, where megabytes were meant.
import { quote } from '../../kube/quote.ts';
import { formatQuantity, quantityOf, quantityToNumber } from '../../kube/quantity.ts';
import type { Path } from '../path.ts';
import type { Warn } from './warn.ts';

type Amounts = Readonly<Record<string, string | number>> | undefined;

export function warnOfFractions(amounts: Amounts, at: Path, warn: Warn): void {
  for (const name of ['memory', 'ephemeral-storage']) warnOfFraction(amounts?.[name], at.key(name), warn);
}

export function warnOfFraction(amount: string | number | undefined, at: Path, warn: Warn): void {
  if (amount === undefined) return;
  const quantity = quantityOf(amount);
  if (quantityToNumber(quantity, -3) % 1000 !== 0) warn(at, `fractional byte value ${quote(formatQuantity(quantity))} is invalid, must be an integer`);
}
