// The options of a write: what they may say, checked before anything else is looked at.
import type { FieldError } from '../../../kube/field-error.ts';
import type { Status } from '../../../kube/status.ts';
import { invalid } from '../../../validation/invalid.ts';
import type { ApiRequest, Verb } from '../request.ts';

const kindOf: Readonly<Partial<Record<Verb, string>>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  delete: 'DeleteOptions',
  deletecollection: 'DeleteOptions',
};

const longestManager = 128;
const policies = ['Foreground', 'Background', 'Orphan'];

export function checkOptions({ verb, patchType, options = {} }: ApiRequest): Status | undefined {
  const kind = kindOf[verb];
  if (!kind) return undefined;
  const { fieldManager, force, propagationPolicy } = options;
  const errors: FieldError[] = [];
  if (verb === 'patch' && force && patchType !== 'apply') {
    errors.push({ type: 'FieldValueForbidden', path: 'force', detail: 'may not be specified for non-apply patch' });
  }
  if (verb === 'patch' && patchType === 'apply' && !fieldManager) {
    errors.push({ type: 'FieldValueRequired', path: 'fieldManager', detail: 'is required for apply patch' });
  }
  if (propagationPolicy !== undefined && kind === 'DeleteOptions' && !policies.includes(propagationPolicy)) {
    const detail = `supported values: ${[...policies, 'nil'].map((policy) => JSON.stringify(policy)).join(', ')}`;
    errors.push({ type: 'FieldValueNotSupported', path: 'propagationPolicy', badValue: propagationPolicy, detail });
  }
  if (fieldManager) errors.push(...checkManager(fieldManager));
  return errors.length > 0 ? invalid({ group: 'meta.k8s.io', kind }, '', errors) : undefined;
}

function checkManager(manager: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (manager.length > longestManager) {
    errors.push({ type: 'FieldValueTooLong', path: 'fieldManager', detail: `may not be more than ${longestManager} bytes` });
  }
  const position = [...manager].findIndex((character) => /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character));
  if (position >= 0) {
    const code = [...manager][position]!.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    errors.push({ type: 'FieldValueInvalid', path: 'fieldManager', badValue: manager, detail: `invalid character U+${code} (at position ${position})` });
  }
  return errors;
}
