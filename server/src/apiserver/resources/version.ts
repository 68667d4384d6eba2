// The resourceVersion parameter of reads: how fresh the answer must be.
import { quote } from '../../kube/quote.ts';
import { failure, type Status } from '../../kube/status.ts';
import { unexpected } from '../../cluster/registry/answers.ts';
import { decodeContinue } from '../../cluster/registry/verbs/continue.ts';
import type { FieldError } from '../../kube/field-error.ts';
import { invalidOptions } from './options.ts';

/** 0 when it does not matter. */
export function readVersion(query: URLSearchParams): number | Status {
  const text = query.get('resourceVersion') ?? '';
  if (text === '') return 0;
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  const why = /^\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
  return unexpected(`resourceVersion: Invalid value: ${quote(text)}: strconv.ParseUint: parsing ${quote(text)}: ${why}`);
}

/** A version that does not exist yet: the last word, after it has been waited for. */
export function tooLarge(version: number, current: number): Status {
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return failure(504, 'Timeout', `Timeout: Too large resource version: ${version}, current: ${current}`, { causes, retryAfterSeconds: 1 });
}

export const isTooLarge = (status: Status): boolean => status.details?.causes?.some(({ reason }) => reason === 'ResourceVersionTooLarge') ?? false;

const matches = ['Exact', 'NotOlderThan'];

/** What a list may not ask for (ValidateListOptions of k8s.io/apimachinery). */
export function listProblem(query: URLSearchParams): Status | undefined {
  const match = query.get('resourceVersionMatch') ?? '';
  const version = query.get('resourceVersion') ?? '';
  const token = query.get('continue') ?? '';
  const errors: FieldError[] = [];
  if (match !== '') {
    if (version === '') errors.push(matchForbidden('resourceVersionMatch is forbidden unless resourceVersion is provided'));
    if (token !== '') errors.push(matchForbidden('resourceVersionMatch is forbidden when continue is provided'));
    if (!matches.includes(match)) errors.push(matchUnknown(match, [...matches, '']));
    if (match === 'Exact' && version === '0') errors.push(matchForbidden('resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
  }
  if (query.has('sendInitialEvents'))
    errors.push({ type: 'FieldValueForbidden', path: 'sendInitialEvents', detail: 'sendInitialEvents is forbidden for list' });
  if (errors.length > 0) return invalidOptions('ListOptions', errors);
  return token !== '' && version !== '' && version !== '0' && !('error' in decodeContinue(token))
    ? failure(400, 'BadRequest', 'specifying resource version is not allowed when using continue')
    : undefined;
}

/** The same for a watch. */
export function watchProblem(query: URLSearchParams): Status | undefined {
  const match = query.get('resourceVersionMatch') ?? '';
  const sendsInitial = query.has('sendInitialEvents');
  const errors: FieldError[] = [];
  if (sendsInitial && match !== 'NotOlderThan') errors.push(matchForbidden('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'));
  if (match !== '') {
    if (!sendsInitial) errors.push(matchForbidden('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'));
    if (match !== 'NotOlderThan') errors.push(matchUnknown(match, ['NotOlderThan']));
  }
  // A watch that says nothing of all this begins with what is there, as if it had asked for that.
  const isUsual = !sendsInitial && match === '' && ['', '0'].includes(query.get('resourceVersion') ?? '');
  if (query.get('continue') && (match !== '' || isUsual)) errors.push(matchForbidden('resourceVersionMatch is forbidden when continue is provided'));
  return errors.length > 0 ? invalidOptions('ListOptions', errors) : undefined;
}

const matchForbidden = (detail: string): FieldError => ({ type: 'FieldValueForbidden', path: 'resourceVersionMatch', detail });
const matchUnknown = (badValue: string, known: readonly string[]): FieldError => ({
  type: 'FieldValueNotSupported',
  path: 'resourceVersionMatch',
  badValue,
  detail: `supported values: ${known.map(quote).join(', ')}`,
});
