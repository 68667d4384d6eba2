// CertificateApproval, CertificateSigning, CertificateSubjectRestriction: who may approve and sign certificates of which signer, and that
// nobody asks for one that makes him master of everything.
import { isEqual } from '../../../kube/equal.ts';
import { quote } from '../../../kube/quote.ts';
import type { Status } from '../../../kube/status.ts';
import type { CertificateSigningRequest } from '../../../schema/generated/types.ts';
import { authorize } from '../../authorization/authorize.ts';
import { forbidden } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { organizationsIn } from './certificate-request.ts';
import type { AdmissionRequest, Check } from './request.ts';

const clientSigner = 'kubernetes.io/kube-apiserver-client';
const masters = 'system:masters';

export const checkCertificates: Check = (context, request) => {
  const { operation, strategy, object, before, write } = request;
  if (strategy.resource !== 'certificatesigningrequests.certificates.k8s.io') return undefined;
  const [next, old] = [object as CertificateSigningRequest, before as CertificateSigningRequest];
  if (operation === 'UPDATE' && write.subresource === 'approval') return checkSigner(context, request, 'approve', old);
  if (operation === 'UPDATE' && write.subresource === 'status') {
    const signs = next.status?.certificate !== old.status?.certificate || !isEqual(next.status?.conditions, old.status?.conditions);
    return signs ? checkSigner(context, request, 'sign', old) : undefined;
  }
  if (operation !== 'CREATE' || next.spec.signerName !== clientSigner || !organizationsIn(next.spec.request).includes(masters)) return undefined;
  return forbidden(strategy.info, next.metadata.name, `use of ${clientSigner} signer with ${masters} group is not allowed`);
};

/** The right on one signer, or on all of its domain: 'example.com/*'. */
function checkSigner(
  { store }: RegistryContext,
  { strategy, write }: AdmissionRequest,
  verb: string,
  { metadata, spec }: CertificateSigningRequest,
): Status | undefined {
  const { user } = write;
  const { signerName } = spec;
  const domain = `${signerName.split('/')[0]}/*`;
  const may = (name: string) => !user || authorize(store, user, { verb, group: 'certificates.k8s.io', resource: 'signers', name }).allowed;
  return may(signerName) || may(domain)
    ? undefined
    : forbidden(strategy.info, metadata.name, `user not permitted to ${verb} requests with signerName ${quote(signerName)}`);
}
