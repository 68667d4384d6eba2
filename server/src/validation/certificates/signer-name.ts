// The name of who signs certificates: 'kubernetes.io/kube-apiserver-client', a domain and a path.
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import { byteLength, quote } from '../../kube/quote.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const maxDomainBytes = 253;
/** A domain, '/', the name of a namespace, '.' and the name of an object in it. */
const maxBytes = maxDomainBytes + 1 + 63 + 1 + 253;

export function validateSignerName(name: string, at: Path, errors: FieldErrors): void {
  if (!name) return errors.required(at);
  const [domain = '', path = '', ...more] = name.split('/');
  if (more.length > 0 || !name.includes('/')) {
    return errors.invalid(at, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
  }
  if (byteLength(domain) > maxDomainBytes) errors.tooLong(at, maxDomainBytes);
  const labels = domain.split('.');
  validateLabels(domain, labels, checkDns1123Label, at, errors);
  if (labels.length < 2) errors.invalid(at, domain, 'should be a domain with at least two segments separated by dots');
  validateLabels(path, path.split('.'), checkDns1123Subdomain, at, errors);
  if (byteLength(name) > maxBytes) errors.tooLong(at, maxBytes);
  return undefined;
}

/** Only the first label that is wrong is named. */
function validateLabels(whole: string, labels: readonly string[], check: (label: string) => readonly string[], at: Path, errors: FieldErrors): void {
  const bad = labels.find((label) => check(label).length > 0);
  if (bad === undefined) return;
  errors.invalidEach(
    at,
    whole,
    check(bad).map((problem) => `validating label ${quote(bad)}: ${problem}`),
  );
}
