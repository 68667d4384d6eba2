import { expect, test } from 'vitest';
import type { FieldError } from '../../server/src/kube/field-error.ts';
import { invalid } from '../../server/src/validation/invalid.ts';

const required: FieldError = { type: 'FieldValueRequired', path: 'spec.selector', detail: '' };
const negative: FieldError = { type: 'FieldValueInvalid', path: 'spec.replicas', badValue: -1, detail: 'must be greater than or equal to 0' };
const deployment = { group: 'apps', kind: 'Deployment' };

test('one finding stands behind a colon', () => {
  expect(invalid(deployment, 'web', [required]).message).toBe('Deployment.apps "web" is invalid: spec.selector: Required value');
});

test('several findings stand in brackets, equal ones once, and each of them is a cause', () => {
  const status = invalid(deployment, 'web', [required, negative, required]);
  const text = 'spec.replicas: Invalid value: -1: must be greater than or equal to 0';
  expect(status.message).toBe(`Deployment.apps "web" is invalid: [spec.selector: Required value, ${text}]`);
  expect(status.details?.causes?.map(({ field }) => field)).toEqual(['spec.selector', 'spec.replicas', 'spec.selector']);
  expect(status).toMatchObject({ code: 422, reason: 'Invalid', details: { name: 'web', group: 'apps', kind: 'Deployment' } });
});

test('a finding twice is one text, without brackets', () => {
  expect(invalid(deployment, 'web', [required, required]).message).toBe('Deployment.apps "web" is invalid: spec.selector: Required value');
});

test('kinds of the core group have no group, and an object without a name is called ""', () => {
  const status = invalid({ group: '', kind: 'Pod' }, '', [required]);
  expect(status.message).toBe('Pod "" is invalid: spec.selector: Required value');
  expect(status.details).toEqual({ kind: 'Pod', causes: [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.selector' }] });
});
