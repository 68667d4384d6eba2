// The query parameters of a request (and the DeleteOptions in its body), read and checked as metav1.CreateOptions and its sisters.
import type { Writable } from '../../kube/writable.ts';
import type { PatchType, RequestOptions } from '../../cluster/registry/request.ts';
import type { FieldError } from '../../kube/field-error.ts';
import { quote } from '../../kube/quote.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { invalid } from '../../validation/invalid.ts';
import { isTrue } from '../respond/body.ts';

const maxManagerBytes = 128;

/** Of a create, update or patch. `userAgent` names the manager of a client that names none. */
export function writeOptions(
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  query: URLSearchParams,
  userAgent: string,
  patchType?: PatchType,
): RequestOptions | Status {
  const manager = query.get('fieldManager') ?? '';
  const validation = query.get('fieldValidation') ?? '';
  const errors = [
    ...(kind === 'PatchOptions' ? patchErrors(query, manager, patchType) : []),
    ...managerErrors(manager),
    ...dryRunErrors(query.getAll('dryRun')),
    ...validationErrors(validation),
  ];
  if (errors.length > 0) return invalidOptions(kind, errors);
  const fieldManager = manager || managerOf(userAgent);
  return {
    ...(fieldManager !== '' && { fieldManager }),
    ...(query.has('dryRun') && { dryRun: true }),
    ...(validation !== '' && { fieldValidation: validation as 'Strict' }),
    ...(query.has('force') && { force: isTrue(query.get('force')!) }),
  };
}

function patchErrors(query: URLSearchParams, manager: string, patchType: PatchType | undefined): readonly FieldError[] {
  if (patchType === 'apply') {
    return manager === '' ? [{ type: 'FieldValueRequired', path: 'fieldManager', detail: 'is required for apply patch' }] : [];
  }
  return query.has('force') ? [{ type: 'FieldValueForbidden', path: 'force', detail: 'may not be specified for non-apply patch' }] : [];
}

function managerErrors(manager: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (Buffer.byteLength(manager) > maxManagerBytes)
    errors.push({ type: 'FieldValueTooLong', path: 'fieldManager', detail: `may not be more than ${maxManagerBytes} bytes` });
  let position = 0;
  for (const character of manager) {
    if (!isPrintable(character)) {
      const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      errors.push({ type: 'FieldValueInvalid', path: 'fieldManager', badValue: manager, detail: `invalid character U+${code} (at position ${position})` });
    }
    position += Buffer.byteLength(character);
  }
  return errors;
}

/** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII blank. */
const isPrintable = (character: string) => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character);

function dryRunErrors(values: readonly string[]): readonly FieldError[] {
  if (values.every((value) => value === 'All')) return [];
  return [{ type: 'FieldValueNotSupported', path: 'dryRun', badValue: values, detail: 'supported values: "All"' }];
}

function validationErrors(value: string): readonly FieldError[] {
  if (['', 'Ignore', 'Warn', 'Strict'].includes(value)) return [];
  return [{ type: 'FieldValueNotSupported', path: 'fieldValidation', badValue: value, detail: 'supported values: "", "Ignore", "Strict", "Warn"' }];
}

/** 'kubectl/v1.36.3 (linux/amd64)' → 'kubectl'. */
function managerOf(userAgent: string): string {
  return [...(userAgent.split('/')[0] ?? '')].filter(isPrintable).join('').slice(0, maxManagerBytes);
}

export function invalidOptions(kind: string, errors: readonly FieldError[]): Status {
  return invalid({ group: 'meta.k8s.io', kind }, '', errors);
}

/** An integer parameter; undefined when it is not there. */
export function integer(query: URLSearchParams, name: string): number | undefined | Status {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^[+-]?\d+$/.test(text)) return failure(400, 'BadRequest', `strconv.ParseInt: parsing ${quote(text)}: invalid syntax`);
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : failure(400, 'BadRequest', `strconv.ParseInt: parsing ${quote(text)}: value out of range`);
}

/** What narrows a list, a watch or the delete of a collection. */
export function listOptions(query: URLSearchParams): RequestOptions | Status {
  const limit = integer(query, 'limit');
  if (isStatus(limit)) return limit;
  const options: Writable<RequestOptions> = {};
  if (limit !== undefined) options.limit = limit;
  for (const name of ['labelSelector', 'fieldSelector', 'continue'] as const) {
    const value = query.get(name);
    if (value) options[name] = value;
  }
  return options;
}

const policies = ['Foreground', 'Background', 'Orphan'];

/** `body`: the DeleteOptions that were sent; the query counts when there were none. */
export function deleteOptions(body: object | undefined, query: URLSearchParams): RequestOptions | Status {
  const sent = body ? bodyOf(body) : queryOf(query);
  if (isStatus(sent)) return sent;
  const { propagationPolicy, orphanDependents, dryRun = [], gracePeriodSeconds, preconditions } = sent;
  const errors: FieldError[] = [];
  if (propagationPolicy !== undefined && !policies.includes(propagationPolicy)) {
    errors.push({
      type: 'FieldValueNotSupported',
      path: 'propagationPolicy',
      badValue: propagationPolicy,
      detail: `supported values: ${[...policies, 'nil'].map(quote).join(', ')}`,
    });
  }
  if (propagationPolicy !== undefined && orphanDependents !== undefined) {
    errors.push({
      type: 'FieldValueInvalid',
      path: 'propagationPolicy',
      badValue: propagationPolicy,
      detail: 'orphanDependents and deletionPropagation cannot be both set',
    });
  }
  errors.push(...dryRunErrors(dryRun));
  if (errors.length > 0) return invalidOptions('DeleteOptions', errors);
  const policy = propagationPolicy ?? (orphanDependents === undefined ? undefined : orphanDependents ? 'Orphan' : 'Background');
  return {
    ...(policy !== undefined && { propagationPolicy: policy as 'Orphan' }),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(preconditions && { preconditions }),
    ...(dryRun.length > 0 && { dryRun: true }),
  };
}

interface DeleteOptions {
  readonly propagationPolicy?: string;
  readonly orphanDependents?: boolean;
  readonly dryRun?: readonly string[];
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

const bodyOf = (body: object): DeleteOptions => body as DeleteOptions;

function queryOf(query: URLSearchParams): DeleteOptions | Status {
  const gracePeriodSeconds = integer(query, 'gracePeriodSeconds');
  if (isStatus(gracePeriodSeconds)) return gracePeriodSeconds;
  const orphan = query.get('orphanDependents');
  return {
    ...(query.has('propagationPolicy') && { propagationPolicy: query.get('propagationPolicy')! }),
    ...(orphan !== null && { orphanDependents: isTrue(orphan) }),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    dryRun: query.getAll('dryRun'),
  };
}
