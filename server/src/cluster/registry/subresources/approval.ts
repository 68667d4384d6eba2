// Whether a request for a certificate is approved or denied: the conditions of its status, apart from the certificate.
import { isStatus, type Status } from '../../../kube/status.ts';
import type { CertificateSigningRequest } from '../../../schema/generated/types.ts';
import { validateApproval } from '../../../validation/certificates/certificate-signing-request.ts';
import { invalid } from '../../../validation/invalid.ts';
import { notFound } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { withTimes } from '../kinds/certificate-signing-request.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { checkPreconditions, checkVersion, commitChange } from '../update.ts';
import { readBody } from '../verbs/body.ts';
import { handleGet } from '../verbs/get.ts';
import { writeOf, type Answer, type VerbHandler } from '../verbs/handler.ts';
import { checkName } from '../verbs/update.ts';

export const getApproval = handleGet;

export const updateApproval: VerbHandler = (context, strategy, request, warnings) => {
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const misnamed = checkName(body, request.name ?? '');
  if (misnamed) return misnamed;
  return write(context, strategy, request, warnings, (before) => checkPreconditions(strategy, before, body.metadata) ?? (body as CertificateSigningRequest));
};

export const patchApproval: VerbHandler = (context, strategy, request, warnings) =>
  write(context, strategy, request, warnings, (before) => {
    const patched = applyPatch(strategy.info, before, request, warnings);
    if (isStatus(patched)) return patched;
    return checkVersion(strategy, before, patched.metadata) ?? (patched as CertificateSigningRequest);
  });

/** Takes nothing but the conditions of what is sent. */
function write(
  context: RegistryContext,
  strategy: Strategy,
  request: ApiRequest,
  warnings: string[],
  read: (before: CertificateSigningRequest) => CertificateSigningRequest | Status,
): Answer {
  const { name = '' } = request;
  const before = context.store.get<CertificateSigningRequest>(strategy.resource, undefined, name);
  if (!before) return notFound(strategy.info, name);
  const sent = read(before);
  if (isStatus(sent)) return sent;
  const { conditions: _, ...rest } = before.status ?? {};
  const conditions = withTimes(sent.status?.conditions ?? [], before, context.time);
  const next: CertificateSigningRequest = { ...before, status: { ...rest, ...(conditions.length > 0 && { conditions }) } };
  const errors = validateApproval(next, before);
  if (errors.length > 0) return invalid(strategy.info, name, errors);
  const after = commitChange(context, strategy, before, next, writeOf(context, request, warnings));
  return isStatus(after) ? after : { code: 200, body: after };
}
