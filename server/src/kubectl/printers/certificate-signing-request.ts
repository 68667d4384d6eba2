import { humanDuration } from '../../kube/duration.ts';
import type { CertificateSigningRequest } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const certificateSigningRequestCells: CellsOf<CertificateSigningRequest> = (request, now) => {
  const { signerName, username = '', expirationSeconds: seconds } = request.spec;
  const duration = seconds === undefined ? '<none>' : humanDuration(seconds * 1000);
  return [request.metadata.name, ageOf(request, now), signerName || '<none>', username, duration, requestStatus(request)];
};

/** 'Approved,Issued'. */
export function requestStatus({ status }: CertificateSigningRequest): string {
  const has = (type: string) => status?.conditions?.some((condition) => condition.type === type) ?? false;
  const decision = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decision}${has('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
}
