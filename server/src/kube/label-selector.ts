// Label selectors: their objects, how they match, how they print. The text grammar is in label-selector-text.ts.
import type { FieldError } from './field-error.ts';
import { fieldErrorText } from './field-error.ts';
import { checkLabelValue, checkQualifiedName } from './names.ts';
import type { StringMap } from './object.ts';
import { quote } from './quote.ts';

/** metav1.LabelSelector. */
export interface LabelSelectorObject {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

export type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  /** Sorted where the text grammar made them. */
  readonly values: readonly string[];
}

/** Requirements that must all hold, sorted by key. None at all match everything; `nothing` matches nothing. */
export interface Selector {
  readonly requirements: readonly Requirement[];
  readonly nothing?: true;
}

const nothing: Selector = { requirements: [], nothing: true };

const noLabels: StringMap = {};

export function matches(selector: Selector, labels: StringMap = noLabels): boolean {
  return !selector.nothing && selector.requirements.every((requirement) => holds(requirement, labels));
}

function holds({ key, operator, values }: Requirement, labels: StringMap): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt':
      return (
        value !== undefined &&
        isInteger(value) &&
        (operator === 'gt' ? BigInt(value) > BigInt(values[0] as string) : BigInt(value) < BigInt(values[0] as string))
      );
  }
}

/** Go's ParseInt(text, 10, 64) succeeds. */
function isInteger(text: string): boolean {
  return /^[-+]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''));
}

const fromObject: Readonly<Record<string, Operator>> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' };

/** LabelSelectorAsSelector: no object matches nothing, an empty one everything; errors in the server's words. */
export function selectorOf(object: LabelSelectorObject | undefined): { readonly selector: Selector } | { readonly error: string } {
  if (!object) return { selector: nothing };
  const requirements: Requirement[] = [];
  const wanted: readonly (readonly [string, string, readonly string[]])[] = [
    ...Object.entries(object.matchLabels ?? {}).map(([key, value]) => [key, '=', [value]] as const),
    ...(object.matchExpressions ?? []).map(({ key, operator, values }) => [key, operator, values ?? []] as const),
  ];
  for (const [key, name, values] of wanted) {
    const operator = name === '=' ? name : fromObject[name];
    if (!operator) return { error: `${quote(name)} is not a valid label selector operator` };
    const made = makeRequirement(key, operator, values);
    if ('error' in made) return made;
    requirements.push(made);
  }
  return { selector: { requirements: requirements.sort(byKey) } };
}

/** The selector of an object that validation has let through; one that cannot be read matches nothing. */
export function validSelectorOf(object: LabelSelectorObject | undefined): Selector {
  const read = selectorOf(object);
  return 'error' in read ? nothing : read.selector;
}

export function byKey(a: Requirement, b: Requirement): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** NewRequirement with its checks. */
export function makeRequirement(key: string, operator: Operator, values: readonly string[]): Requirement | { readonly error: string } {
  const errors = [...keyErrors(key, 'key'), ...countErrors(operator, values)];
  values.forEach((value, i) => {
    const findings = checkLabelValue(value);
    if (findings.length > 0) errors.push({ type: 'FieldValueInvalid', path: `values[${i}][${key}]`, badValue: value, detail: findings.join('; ') });
  });
  return errors.length > 0 ? { error: aggregate(errors.map(fieldErrorText)) } : { key, operator, values };
}

export function keyErrors(key: string, path: string): FieldError[] {
  const findings = checkQualifiedName(key);
  return findings.length > 0 ? [{ type: 'FieldValueInvalid', path, badValue: key, detail: findings.join('; ') }] : [];
}

function countErrors(operator: Operator, values: readonly string[]): FieldError[] {
  const wrong = (detail: string): FieldError[] => [{ type: 'FieldValueInvalid', path: 'values', badValue: values.length > 0 ? values : null, detail }];
  switch (operator) {
    case 'in':
    case 'notin':
      return values.length === 0 ? wrong("for 'in', 'notin' operators, values set can't be empty") : [];
    case '=':
    case '==':
    case '!=':
      return values.length === 1 ? [] : wrong('exact-match compatibility requires one single value');
    case 'exists':
    case '!':
      return values.length === 0 ? [] : wrong('values set must be empty for exists and does not exist');
    case 'gt':
    case 'lt':
      return [
        ...(values.length === 1 ? [] : wrong("for 'Gt', 'Lt' operators, exactly one value is required")),
        ...values.flatMap((value, i): FieldError[] =>
          isInteger(value)
            ? []
            : [{ type: 'FieldValueInvalid', path: `values[${i}]`, badValue: value, detail: "for 'Gt', 'Lt' operators, the value must be an integer" }],
        ),
      ];
  }
}

/** utilerrors.Aggregate: one error as it is, several in brackets, each text once. */
function aggregate(texts: readonly string[]): string {
  const once = [...new Set(texts)];
  return once.length === 1 ? (once[0] as string) : `[${once.join(', ')}]`;
}

/** 'app=web,tier in (a,b),!old'; '' for everything. */
export function formatSelector({ requirements }: Selector): string {
  return requirements.map(formatRequirement).join(',');
}

function formatRequirement({ key, operator, values }: Requirement): string {
  const list = (values.length > 1 ? [...values].sort() : values).join(',');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${list})`;
    case 'gt':
      return `${key}>${list}`;
    case 'lt':
      return `${key}<${list}`;
    default:
      return `${key}${operator}${list}`;
  }
}

/** FormatLabelSelector: '<none>' for everything and nothing, '<error>' for one that cannot be read. */
export function formatLabelSelector(object: LabelSelectorObject | undefined): string {
  const read = selectorOf(object);
  return 'error' in read ? '<error>' : formatSelector(read.selector) || '<none>';
}
