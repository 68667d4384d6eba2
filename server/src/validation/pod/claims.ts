// Rules for the device claims of a pod.
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { PodResourceClaim } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { root, type Path } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';

export const mirrorAnnotation = 'kubernetes.io/config.mirror';

export function validateResourceClaims(claims: readonly PodResourceClaim[] | undefined, pod: KubeObject | undefined, path: Path, errors: FieldErrors): void {
  const names = new Set<string>();
  const isMirror = pod?.metadata.annotations?.[mirrorAnnotation] !== undefined;
  claims?.forEach((claim, i) => {
    // The server says this without a path.
    if (isMirror) return errors.forbidden(root('[]'), 'static pods do not support resource claims');
    return validateClaim(claim, names, path.index(i), errors);
  });
}

function validateClaim(claim: PodResourceClaim, names: Set<string>, at: Path, errors: FieldErrors): void {
  const { name, resourceClaimName: claimName, resourceClaimTemplateName: templateName } = claim;
  if (!name) errors.required(at.child('name'));
  else if (names.has(name)) errors.duplicate(at.child('name'), name);
  else errors.invalidEach(at.child('name'), name, checkDns1123Label(name));
  names.add(name);
  const printed = () => goStruct('PodResourceClaim', claim);
  if (claimName !== undefined && templateName !== undefined) {
    errors.invalid(at, printed(), 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified');
  }
  if (claimName === undefined && templateName === undefined) {
    errors.invalid(at, printed(), 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`');
  }
  if (claimName !== undefined) errors.invalidEach(at.child('resourceClaimName'), claimName, checkDns1123Subdomain(claimName));
  if (templateName !== undefined) errors.invalidEach(at.child('resourceClaimTemplateName'), templateName, checkDns1123Subdomain(templateName));
}
