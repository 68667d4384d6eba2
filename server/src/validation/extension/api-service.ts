// Rules for API services: which server answers for a version of a group.
import { checkDns1035Label, checkDns1123Subdomain, checkPathSegmentName, checkPortNumber } from '../../kube/names.ts';
import type { APIService, APIServiceSpec } from '../../schema/generated/types.ts';
import { bytesOfBase64 } from '../core/base64-size.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateAnyReplacedMeta, validateGenericMeta, validateGenericMetaUpdate } from '../metadata/object-meta.ts';
import { root } from '../path.ts';

const at = root('spec');
const maxGroupPriority = 20_000;
const maxVersionPriority = 1000;
const statuses = ['True', 'False', 'Unknown'];

export const apiServiceRules: RulesOf<APIService> = {
  validate: (service) => findings((errors) => validateApiService(service, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateGenericMetaUpdate(next, before, errors);
      validateApiService(next, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateGenericMetaUpdate(next, before, errors);
      next.status?.conditions?.forEach(({ status = '' }, i) => {
        if (!statuses.includes(status)) errors.notSupported(root('status', 'conditions').index(i).child('status'), status, statuses);
      });
    }),
};

function validateApiService(object: APIService, errors: FieldErrors): void {
  const spec = object.spec ?? ({} as APIServiceSpec);
  const { group = '', version = '', groupPriorityMinimum = 0, versionPriority = 0 } = spec;
  const expected = `${version}.${group}`;
  const checkName = (name: string) => {
    const problems = checkPathSegmentName(name);
    if (problems.length > 0) return problems;
    return name === expected ? [] : [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(expected)}`];
  };
  validateGenericMeta(object, checkName, errors);
  if (!group && version !== 'v1') errors.required(at.child('group'), 'only v1 may have an empty group and it better be legacy kube');
  if (group) errors.invalidEach(at.child('group'), group, checkDns1123Subdomain(group));
  errors.invalidEach(at.child('version'), version, checkDns1035Label(version));
  if (groupPriorityMinimum <= 0 || groupPriorityMinimum > maxGroupPriority) {
    errors.invalid(at.child('groupPriorityMinimum'), groupPriorityMinimum, `must be positive and less than ${maxGroupPriority}`);
  }
  if (versionPriority <= 0 || versionPriority > maxVersionPriority) {
    errors.invalid(at.child('versionPriority'), versionPriority, `must be positive and less than ${maxVersionPriority}`);
  }
  validateService(spec, errors);
}

/** Without a service the API server answers itself, and needs no certificate. */
function validateService({ service, caBundle, insecureSkipTLSVerify: insecure }: APIServiceSpec, errors: FieldErrors): void {
  const bytes = bytesOfBase64(caBundle ?? null);
  if (!service) {
    if (bytes > 0) errors.invalid(at.child('caBundle'), `${bytes} bytes`, 'local APIServices may not have a caBundle');
    if (insecure) errors.invalid(at.child('insecureSkipTLSVerify'), insecure, 'local APIServices may not have insecureSkipTLSVerify');
    return;
  }
  const { namespace, name, port = 0 } = service;
  if (!namespace) errors.required(at.child('service').child('namespace'));
  if (!name) errors.required(at.child('service').child('name'));
  const problems = checkPortNumber(port);
  if (problems.length > 0) errors.invalid(at.child('service').child('port'), port, `port is not valid: ${problems.join(', ')}`);
  if (insecure && bytes > 0) errors.invalid(at.child('insecureSkipTLSVerify'), insecure, 'may not be true if caBundle is present');
}
