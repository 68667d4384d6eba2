import { humanDuration } from '../../kube/duration.ts';
import type { CertificateSigningRequest } from '../../schema/generated/types.ts';
import { formatLabels } from '../printers/cell.ts';
import { requestStatus } from '../printers/certificate-signing-request.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { bytesOf, dateText, type Lines } from './lines.ts';

export const describeCertificateSigningRequest: Describer<CertificateSigningRequest> = (request, around) => {
  const { metadata, spec } = request;
  const asked = readCertificateRequest(bytesOf(spec.request));
  if (!asked) return ['Error parsing CSR: PEM block type must be CERTIFICATE REQUEST'];
  const { subject, names } = asked;
  return [
    `Name:\t${metadata.name}`,
    `Labels:\t${formatLabels(metadata.labels)}`,
    `Annotations:\t${formatLabels(metadata.annotations)}`,
    `CreationTimestamp:\t${dateText(metadata.creationTimestamp)}`,
    `Requesting User:\t${spec.username ?? ''}`,
    ...(spec.signerName ? [`Signer:\t${spec.signerName}`] : []),
    ...(spec.expirationSeconds === undefined ? [] : [`Requested Duration:\t${humanDuration(spec.expirationSeconds * 1000)}`]),
    `Status:\t${requestStatus(request)}`,
    'Subject:',
    `\tCommon Name:\t${subject['Common Name']?.at(-1) ?? ''}`,
    `\tSerial Number:\t${subject['Serial Number']?.at(-1) ?? ''}`,
    ...subjectParts.flatMap((part) => listed(part, subject[part])),
    ...(Object.keys(names).length === 0 ? [] : ['Subject Alternative Names:']),
    ...nameKinds.flatMap((kind) => listed(kind, names[kind])),
    ...eventLines(eventsAbout(request, around), around.now),
  ];
};

const subjectParts = ['Organization', 'Organizational Unit', 'Country', 'Locality', 'Province', 'StreetAddress', 'PostalCode'] as const;
const nameKinds = ['DNS Names', 'Email Addresses', 'URIs', 'IP Addresses'] as const;

const listed = (title: string, values: readonly string[] = []): Lines => values.map((value, i) => `\t${i === 0 ? `${title}:` : ''}\t${value}`);
