import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  milliUnitsOf,
  parseQuantity,
  quantityErrors,
  quantityOf,
  subtractQuantities,
  unitsOf,
} from '../../server/src/kube/quantity.ts';

test.each([
  ['0.5', '500m'],
  ['1', '1'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['1000k', '1M'],
  ['1024Mi', '1Gi'],
  ['1000Mi', '1000Mi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Ki', '512'],
  ['1e3', '1e3'],
  ['1E3', '1E3'],
  ['1000e3', '1e6'],
  ['12E', '12E'],
  ['1Ei', '1Ei'],
  ['0', '0'],
  ['-0', '0'],
  ['-500m', '-500m'],
  ['+5', '+5'],
  ['007', '007'],
  // Kept as they are, though not canonical, because Kubernetes' quick test lets them pass.
  ['1.500', '1.500'],
  ['01', '01'],
  // Nothing is smaller than a nano; it is rounded up.
  ['1.5n', '2n'],
  ['0.0000000001', '1n'],
  ['-1.5n', '-2n'],
  // Binary amounts end at the largest int64, decimal ones do not.
  ['16Ei', '9223372036854775807'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
])('%s prints as %s', (text, canonical) => {
  expect(canonicalQuantity(text)).toEqual({ text: canonical });
});

test.each([
  ['', quantityErrors.format],
  ['x', quantityErrors.format],
  ['1 G', quantityErrors.format],
  ['512MB', quantityErrors.format],
  ['1..5', quantityErrors.format],
  ['512mi', quantityErrors.suffix],
  ['1K', quantityErrors.suffix],
  ['1e', quantityErrors.suffix],
  ['1e99999999999999999999', quantityErrors.suffix],
  ['Pi', quantityErrors.number],
])('%j is refused', (text, error) => {
  expect(parseQuantity(text)).toEqual({ error });
});

test.each([
  ['128Mi', 134217728, 134217728000],
  ['100m', 1, 100],
  ['2', 2, 2000],
  ['1.0001', 2, 1001],
  ['1n', 1, 1],
  ['1Gi', 1073741824, 1073741824000],
  ['1e3', 1000, 1000000],
])('%s counts as %d units and %d thousandths, rounded up', (text, units, millis) => {
  expect([unitsOf(text), milliUnitsOf(text)]).toEqual([units, millis]);
});

test('the format of a sum is that of its first part that is not zero', () => {
  const add = (a: string, b: string) => formatQuantity(addQuantities(quantityOf(a), quantityOf(b)));
  expect([add('1Gi', '1G'), add('0', '1Gi'), add('100m', '900m'), add('1Gi', '-1Gi')]).toEqual(['2073741824', '1Gi', '1', '0']);
  expect(formatQuantity(subtractQuantities(quantityOf('4'), quantityOf('1500m')))).toBe('2500m');
});

test('amounts far apart cost nothing and lose nothing that matters', () => {
  const huge = quantityOf('1e999999999');
  expect(compareQuantities(huge, quantityOf('1'))).toBe(1);
  expect(formatQuantity(addQuantities(huge, quantityOf('1')))).toBe('1e999999999');
  expect(canonicalQuantity('1e-999999999')).toEqual({ text: '1e-9' });
});

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'Ki', 'Mi', 'Gi', 'e3', 'e-6', 'E6'))
  .map(([number, suffix]) => `${number}${suffix}`);

test('a canonical text is its own canonical text, and the same amount', () => {
  fc.assert(
    fc.property(amounts, (text) => {
      const canonical = formatQuantity(quantityOf(text));
      // Beyond exa there is no suffix, and Kubernetes writes a wrong amount; see formatDecimal.
      fc.pre(compareQuantities(quantityOf(canonical), quantityOf(text)) === 0);
      expect(formatQuantity(quantityOf(canonical))).toBe(canonical);
    }),
  );
});

test('sums and differences agree with comparison', () => {
  fc.assert(
    fc.property(amounts, amounts, (a, b) => {
      const [x, y] = [quantityOf(a), quantityOf(b)];
      expect(compareQuantities(subtractQuantities(addQuantities(x, y), y), x)).toBe(0);
      expect(compareQuantities(x, y)).toBe(-compareQuantities(y, x) || 0);
      expect(compareQuantities(addQuantities(x, y), addQuantities(y, x))).toBe(0);
    }),
  );
});
