// Rules for CSI drivers.
import { isEqual } from '../../kube/equal.ts';
import type { CSIDriver, CSIDriverSpec, StorageV1TokenRequest } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';

const at = root('spec');
const fsGroupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];
const lifecycleModes = ['Persistent', 'Ephemeral'];
const minTokenSeconds = 600;
const maxTokenSeconds = 2 ** 32;
const minUpdatePeriodSeconds = 10;
const tokensText =
  'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';

export const csiDriverRules: RulesOf<CSIDriver> = {
  validate: (driver) =>
    findings((errors) => {
      validateObjectMeta(driver, subdomainName, errors);
      validateSpec(driver.spec ?? {}, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec ?? {}, errors);
      // The server misspells the path.
      validateImmutable(next.spec.attachRequired, before.spec.attachRequired, at.child('attachedRequired'), errors);
      validateImmutable(next.spec.volumeLifecycleModes, before.spec.volumeLifecycleModes, at.child('volumeLifecycleModes'), errors);
    }),
  warnings({ spec }, before) {
    const isNew = !before || !isEqual(before.spec?.tokenRequests, spec?.tokenRequests);
    return isNew && spec?.tokenRequests?.length && spec.serviceAccountTokenInSecrets === undefined ? [tokensText] : [];
  },
};

function validateSpec(spec: CSIDriverSpec, errors: FieldErrors): void {
  const { fsGroupPolicy, tokenRequests = [], volumeLifecycleModes = [], nodeAllocatableUpdatePeriodSeconds: period, serviceAccountTokenInSecrets } = spec;
  if (fsGroupPolicy !== undefined && !fsGroupPolicies.includes(fsGroupPolicy)) errors.notSupported(at.child('fsGroupPolicy'), fsGroupPolicy, fsGroupPolicies);
  validateTokenRequests(tokenRequests, errors);
  for (const mode of volumeLifecycleModes) if (!lifecycleModes.includes(mode)) errors.notSupported(at.child('volumeLifecycleModes'), mode, lifecycleModes);
  if (period !== undefined && period < minUpdatePeriodSeconds) {
    errors.invalid(at.child('nodeAllocatableUpdatePeriodSeconds'), period, 'must be greater than or equal to 10 seconds');
  }
  if (serviceAccountTokenInSecrets === undefined || tokenRequests.length > 0) return;
  errors.invalid(
    at.child('serviceAccountTokenInSecrets'),
    serviceAccountTokenInSecrets,
    'serviceAccountTokenInSecrets is set but no tokenRequests are specified',
  );
}

function validateTokenRequests(requests: readonly StorageV1TokenRequest[], errors: FieldErrors): void {
  requests.forEach(({ audience = '', expirationSeconds: seconds }, i) => {
    const path = at.child('tokenRequests').index(i);
    if (requests.slice(0, i).some((other) => (other.audience ?? '') === audience)) return errors.duplicate(path.child('audience'), audience);
    if (seconds === undefined) return undefined;
    if (seconds < minTokenSeconds) errors.invalid(path.child('expirationSeconds'), seconds, 'may not specify a duration less than 10 minutes');
    if (seconds > maxTokenSeconds) errors.invalid(path.child('expirationSeconds'), seconds, 'may not specify a duration larger than 2^32 seconds');
    return undefined;
  });
}
