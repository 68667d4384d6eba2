// Rules for limit ranges: which resources are limited, and whether the limits agree with each other.
import { checkQualifiedName } from '../../kube/names.ts';
import type { Quantity } from '../../kube/quantity.ts';
import { compareQuantities, formatQuantity, quantityOf, quantityToNumber } from '../../kube/quantity.ts';
import type { LimitRange, LimitRangeItem } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import type { ResourceList } from '../pod/resources.ts';
import { isOvercommitAllowed, validateContainerResourceName, validateResourceName } from '../pod/resources.ts';

const standardTypes = new Set(['Pod', 'Container', 'PersistentVolumeClaim']);

export const limitRangeRules: RulesOf<LimitRange> = {
  validate: (range) => findings((errors) => validateLimitRange(range, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateLimitRange(next, errors);
    }),
};

function validateLimitRange(range: LimitRange, errors: FieldErrors): void {
  validateObjectMeta(range, subdomainName, errors);
  const limits = range.spec?.limits ?? [];
  limits.forEach((limit, i) => {
    const at = root('spec', 'limits').index(i);
    validateTypeName(limit.type, at.child('type'), errors);
    if (limits.slice(0, i).some(({ type }) => type === limit.type)) errors.duplicate(at.child('type'), limit.type);
    validateItem(limit, at, errors);
  });
}

function validateTypeName(type: string, at: Path, errors: FieldErrors): void {
  const problems = checkQualifiedName(type);
  errors.invalidEach(at, type, problems);
  if (problems.length > 0 || type.includes('/') || standardTypes.has(type)) return;
  errors.invalid(at, type, 'must be a standard limit type or fully qualified');
}

const listNames = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

function validateItem(limit: LimitRangeItem, at: Path, errors: FieldErrors): void {
  const nameRule = limit.type === 'Pod' || limit.type === 'Container' ? validateContainerResourceName : validateResourceName;
  const isRefused = (list: string) => limit.type === 'Pod' && (list === 'default' || list === 'defaultRequest');
  for (const list of listNames) {
    const names = Object.keys(limit[list] ?? {});
    if (list === 'maxLimitRequestRatio') validateClaimHasStorage(limit, at, errors);
    if (!isRefused(list)) for (const name of names) nameRule(name, at.child(list).key(name), errors);
    else if (names.length > 0) errors.forbidden(at.child(list), "may not be specified when `type` is 'Pod'");
  }
  const counted = listNames.filter((list) => !isRefused(list));
  const names = new Set(counted.flatMap((list) => Object.keys(limit[list] ?? {})));
  for (const name of names) {
    const amounts = Object.fromEntries(counted.flatMap((list) => amountOf(limit[list] as ResourceList | undefined, name, list)));
    validateAmounts(name, amounts, at, errors);
  }
}

const amountOf = (list: ResourceList | undefined, name: string, key: string) => (list?.[name] === undefined ? [] : [[key, quantityOf(list[name])] as const]);

function validateClaimHasStorage({ type, min, max }: LimitRangeItem, at: Path, errors: FieldErrors): void {
  if (type !== 'PersistentVolumeClaim' || min?.['storage'] !== undefined || max?.['storage'] !== undefined) return;
  errors.required(at.child('limits'), 'either minimum or maximum storage value is required, but neither was provided');
}

type Amounts = Partial<Record<(typeof listNames)[number], Quantity>>;

/** What may not be greater than what; the amount that is printed as the bad one is not always the one of the field. */
const orders: readonly (readonly [lesser: keyof Amounts, word: string, greater: keyof Amounts, word: string, field: keyof Amounts, printed: keyof Amounts])[] =
  [
    ['min', 'min value', 'max', 'max value', 'min', 'min'],
    ['min', 'min value', 'defaultRequest', 'default request value', 'defaultRequest', 'defaultRequest'],
    ['defaultRequest', 'default request value', 'max', 'max value', 'defaultRequest', 'defaultRequest'],
    ['defaultRequest', 'default request value', 'default', 'default limit value', 'defaultRequest', 'defaultRequest'],
    ['min', 'min value', 'default', 'default value', 'default', 'min'],
    ['default', 'default value', 'max', 'max value', 'default', 'max'],
  ];

function validateAmounts(name: string, amounts: Amounts, at: Path, errors: FieldErrors): void {
  for (const [lesser, lesserWord, greater, greaterWord, field, printed] of orders) {
    const [low, high] = [amounts[lesser], amounts[greater]];
    if (!low || !high || compareQuantities(low, high) <= 0) continue;
    const text = `${lesserWord} ${formatQuantity(low)} is greater than ${greaterWord} ${formatQuantity(high)}`;
    errors.invalid(at.child(field).key(name), formatQuantity(amounts[printed] as Quantity), text);
  }
  validateRatio(amounts, at.child('maxLimitRequestRatio').key(name), errors);
  const { default: limit, defaultRequest: request } = amounts;
  if (isOvercommitAllowed(name) || !limit || !request || compareQuantities(limit, request) === 0) return;
  const text = `default value ${formatQuantity(limit)} must equal to defaultRequest value ${formatQuantity(request)} in ${name}`;
  errors.invalid(at.child('defaultRequest').key(name), formatQuantity(request), text);
}

const one = quantityOf(1);
/** Amounts below it are compared in thousandths, greater ones rounded up to whole units. */
const maxMilliValue = Math.floor(2 ** 63 / 1000);

/** max 2, min 500m: a ratio above 4 could never be reached. */
function validateRatio({ maxLimitRequestRatio: ratio, min, max }: Amounts, at: Path, errors: FieldErrors): void {
  if (!ratio) return;
  const text = formatQuantity(ratio);
  if (compareQuantities(ratio, one) < 0) errors.invalid(at, text, `ratio ${text} is less than 1`);
  if (!min || !max) return;
  const isSmall = [ratio, min, max].every((amount) => quantityToNumber(amount) < maxMilliValue);
  const scale = isSmall ? -3 : 0;
  const limit = quantityToNumber(max, scale) / quantityToNumber(min, scale);
  const value = isSmall ? quantityToNumber(ratio, -3) / 1000 : quantityToNumber(ratio);
  if (value > limit) errors.invalid(at, text, `ratio ${text} is greater than max/min = ${limit.toFixed(6)}`);
}
