// A field error of the server in plain words: what it means and what to do. The table is tried from the top; the first that fits speaks.
import type { FieldError, FieldErrorType } from '../../kube/field-error.ts';
import { nearest } from '../did-you-mean.ts';
import type { DiagnosticCode } from '../diagnostic.ts';

export const codes: Readonly<Record<FieldErrorType, DiagnosticCode>> = {
  FieldValueRequired: 'required',
  FieldValueInvalid: 'invalid',
  FieldValueNotSupported: 'not-supported',
  FieldValueDuplicate: 'duplicate',
  FieldValueForbidden: 'forbidden',
  FieldValueNotFound: 'not-found',
  FieldValueTooLong: 'too-long',
  FieldValueTooMany: 'too-many',
  FieldValueTypeInvalid: 'type',
  InternalError: 'invalid',
};

const details: readonly (readonly [RegExp, string])[] = [
  [
    /`selector` does not match template `labels`/,
    'The pods that the template makes must carry every label that spec.selector asks for; otherwise the controller would not find its own pods. Make both equal.',
  ],
  [
    /may not be 0 when `maxSurge` is 0/,
    'With both at 0 a rollout could neither add a new pod nor remove an old one. Set one of maxSurge and maxUnavailable to at least 1.',
  ],
  [/field is immutable/, 'This field cannot change once the object exists. Put the old value back, or delete the object and create it again.'],
  [/name or generateName is required/, 'Give the object a name: "name: my-app" under metadata.'],
  [/RFC 1123 subdomain/, 'Use small letters, digits, "-" and "." only; begin and end with a letter or digit.'],
  [/RFC 1123 label/, 'Use small letters, digits and "-" only; begin and end with a letter or digit, at most 63 characters.'],
  [/RFC 1035 label/, 'Use small letters, digits and "-" only; begin with a letter, at most 63 characters.'],
  [/a valid label must be/, 'A label value has letters, digits, "-", "_" and "." only, begins and ends with a letter or digit, and has at most 63 characters.'],
  [/name part must consist of/, 'A key is a name of letters, digits, "-", "_" and ".", optionally behind a domain and a slash, as in example.com/name.'],
  [/must be greater than or equal to 0/, 'Write 0 or a larger number.'],
  [/must be greater than 0|must be greater than zero/, 'Write 1 or a larger number.'],
  [/must be between 1 and 65535/, 'A port is a number from 1 to 65535.'],
  [/must be no more than 100%|must not be greater than 100%/, 'A share of the pods cannot be more than 100 %.'],
  [/a valid percent string/, 'Write a whole number, or a percentage such as 25%.'],
  [/must be less than or equal to (cpu|memory|\S+) limit/, 'A container cannot ask for more than its limit. Lower the request, or raise the limit.'],
  [/must be unique/, 'Another item of the list has the same value. Change one of them.'],
  [/must be one or greater|must be greater than or equal to 1/, 'Write 1 or a larger number.'],
  [/must be less than or equal to/, 'Write a smaller value.'],
  [/must be greater than or equal to|must be greater than/, 'Write a larger value.'],
  [/no more than \d+ (characters|bytes)/, 'Make it shorter.'],
];

const general: Readonly<Record<FieldErrorType, string>> = {
  FieldValueRequired: 'It must be there: add it.',
  FieldValueInvalid: 'Correct the value.',
  FieldValueNotSupported: 'Use one of the values that the message names.',
  FieldValueDuplicate: 'The same value stands twice where it must be unique. Change or remove one.',
  FieldValueForbidden: 'It may not be set here. Remove it.',
  FieldValueNotFound: 'It refers to something that does not exist here. Add that, or correct the reference.',
  FieldValueTooLong: 'Make it shorter.',
  FieldValueTooMany: 'Remove some of the items.',
  FieldValueTypeInvalid: 'Correct the type of the value.',
  InternalError: 'Correct the value.',
};

export function explain(error: FieldError): string {
  const suggestion = suggestionFor(error);
  if (suggestion !== undefined) return `Did you mean "${suggestion}"?`;
  const known = details.find(([pattern]) => pattern.test(error.detail))?.[1];
  if (known) return known;
  if (error.type === 'FieldValueRequired') return `"${lastStep(error.path)}" must be there: add it.`;
  return general[error.type];
}

/** The nearest of the values that `Unsupported value` lists. */
export function suggestionFor({ type, badValue, detail }: FieldError): string | undefined {
  if (type !== 'FieldValueNotSupported' || typeof badValue !== 'string') return undefined;
  const supported = [...detail.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
  return nearest(badValue, supported);
}

function lastStep(path: string): string {
  return /[^.[\]]+(?=\]?$)/.exec(path.replace(/(\[\d+\])+$/, ''))?.[0] ?? path;
}
