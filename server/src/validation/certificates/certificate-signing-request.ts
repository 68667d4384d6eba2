// Rules for requests for certificates. Neither the request nor the certificate is looked into; only whether they are PEM at all.
import { decodeBase64 } from '../../kube/base64.ts';
import { isEqual } from '../../kube/equal.ts';
import type { CertificateSigningRequest, CertificateSigningRequestCondition, CertificateSigningRequestSpec } from '../../schema/generated/types.ts';
import { decodeUtf8 } from '../../kube/utf8.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import type { NameRule } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { unifiedDiff } from '../text/unified-diff.ts';
import { validateSignerName } from './signer-name.ts';
import { pemBlocks } from './pem.ts';

const at = root('spec');
const conditionsAt = root('status', 'conditions');
const anyName: NameRule = () => [];
const minSeconds = 600;
const usages = [
  'any,cert sign,client auth,code signing,content commitment,crl sign,data encipherment,decipher only,digital signature,email protection,encipher only',
  'ipsec end system,ipsec tunnel,ipsec user,key agreement,key encipherment,microsoft sgc,netscape sgc,ocsp signing,s/mime,server auth,signing,timestamping',
].flatMap((line) => line.split(','));
const allStatuses = ['False', 'True', 'Unknown'];
/** What is once true of a request stays so. */
const lasting = ['Approved', 'Denied', 'Failed'];
const approvals = ['Approved', 'Denied'];

export const certificateSigningRequestRules: RulesOf<CertificateSigningRequest> = {
  validate: (request) => findings((errors) => validateRequest(request, undefined, errors)),
  validateUpdate: (next, before) => validateChange(next, before, {}),
  validateStatusUpdate: (next, before) => validateChange(next, before, { certificate: true }),
};

/** What an update may set: conditions are set through `approval`, the certificate through `status`. */
interface Allowed {
  readonly approval?: boolean;
  readonly certificate?: boolean;
}

/** For the subresource `approval`. */
export const validateApproval = (next: CertificateSigningRequest, before: CertificateSigningRequest) => validateChange(next, before, { approval: true });

function validateChange(next: CertificateSigningRequest, before: CertificateSigningRequest, allowed: Allowed) {
  return findings((errors) => {
    validateAnyReplacedMeta(next, before, errors);
    validateRequest(next, before, errors);
    validateConditionChanges(next, before, allowed, errors);
    const [certificate, old] = [next.status?.certificate ?? '', before.status?.certificate ?? ''];
    if (certificate !== old) {
      if (!allowed.certificate) errors.forbidden(root('status', 'certificate'), 'updates may not set certificate content');
      else if (old) errors.forbidden(root('status', 'certificate'), 'updates may not modify existing certificate content');
    }
    validateObjectMetaUpdate(next, before, errors);
  });
}

function validateRequest(object: CertificateSigningRequest, before: CertificateSigningRequest | undefined, errors: FieldErrors): void {
  const spec = object.spec ?? ({} as CertificateSigningRequestSpec);
  validateObjectMeta(object, anyName, errors);
  const [block] = pemBlocks(textOf(spec.request));
  if (block?.type !== 'CERTIFICATE REQUEST') errors.invalid(at.child('request'), spec.request ?? null, 'PEM block type must be CERTIFICATE REQUEST');
  validateUsages(spec.usages ?? [], before?.spec.usages ?? [], errors);
  const legacy = 'kubernetes.io/legacy-unknown';
  if (spec.signerName === legacy && before?.spec.signerName !== legacy) {
    errors.invalid(at.child('signerName'), legacy, 'the legacy signerName is not allowed via this API version');
  } else validateSignerName(spec.signerName ?? '', at.child('signerName'), errors);
  const { expirationSeconds: seconds } = spec;
  if (seconds !== undefined && seconds < minSeconds) {
    errors.invalid(at.child('expirationSeconds'), seconds, 'may not specify a duration less than 600 seconds (10 minutes)');
  }
  validateConditions(object.status?.conditions ?? [], before?.status?.conditions ?? [], errors);
  const certificate = object.status?.certificate;
  if (certificate && certificate !== before?.status?.certificate) validateCertificate(textOf(certificate), root('status', 'certificate'), errors);
}

const isKnown = (usage: string) => usages.includes(usage);

function validateUsages(given: readonly string[], before: readonly string[], errors: FieldErrors): void {
  const field = at.child('usages');
  if (given.length === 0) errors.required(field);
  if (before.every(isKnown)) given.forEach((usage, i) => void (isKnown(usage) || errors.notSupported(field.index(i), usage, usages)));
  if (new Set(before).size < before.length) return;
  given.forEach((usage, i) => void (given.indexOf(usage) < i && errors.duplicate(field.index(i), usage)));
}

function validateConditions(
  conditions: readonly CertificateSigningRequestCondition[],
  before: readonly CertificateSigningRequestCondition[],
  errors: FieldErrors,
): void {
  const types = conditions.map(({ type = '' }) => type);
  const before0 = before.map(({ type = '' }) => type);
  const mayBeBoth = approvals.every((type) => before0.includes(type));
  conditions.forEach(({ type = '', status = '' }, i) => {
    const field = conditionsAt.index(i);
    if (!type && !before0.includes('')) errors.required(field.child('type'));
    const statuses = lasting.includes(type) ? ['True'] : allStatuses;
    if (!status) errors.required(field.child('status'));
    else if (!statuses.includes(status)) errors.notSupported(field.child('status'), status, statuses);
    const opposite = approvals.includes(type) && types.slice(0, i).some((other) => approvals.includes(other) && other !== type);
    if (opposite && !mayBeBoth) errors.invalid(conditionsAt, type, 'Approved and Denied conditions are mutually exclusive');
    if (types.indexOf(type) < i && new Set(before0).size === before0.length) errors.duplicate(field.child('type'), type);
  });
}

const of = ({ status }: CertificateSigningRequest, type: string) => (status?.conditions ?? []).filter((condition) => condition.type === type);

function validateConditionChanges(next: CertificateSigningRequest, before: CertificateSigningRequest, { approval }: Allowed, errors: FieldErrors): void {
  for (const type of lasting) {
    if (of(next, type).length < of(before, type).length) errors.forbidden(conditionsAt, `updates may not remove a condition of type "${type}"`);
  }
  if (approval) return;
  for (const type of approvals) {
    const [now, old] = [of(next, type), of(before, type)];
    if (now.length > old.length) errors.forbidden(conditionsAt, `updates may not add a condition of type "${type}"`);
    else if (now.length === old.length && !isEqual(now, old)) {
      const printed = (list: typeof now) => list.map((condition) => goStruct('CertificateSigningRequestCondition', condition));
      errors.forbidden(conditionsAt, `updates may not modify a condition of type "${type}"\n${unifiedDiff(printed(old), printed(now))}`);
    }
  }
}

function validateCertificate(text: string, field: Path, errors: FieldErrors): void {
  const blocks = pemBlocks(text);
  const strange = blocks.find(({ type }) => type !== 'CERTIFICATE');
  const invalid = (problem: string) => errors.invalid(field, '<certificate data>', problem);
  if (strange) invalid(`only CERTIFICATE PEM blocks are allowed, found ${JSON.stringify(strange.type)}`);
  else if (blocks.length === 0) invalid('must contain at least one CERTIFICATE PEM block');
}

function textOf(base64: string | null | undefined): string {
  const decoded = decodeBase64(base64 ?? '');
  return 'bytes' in decoded ? (decodeUtf8(decoded.bytes) ?? '') : '';
}
