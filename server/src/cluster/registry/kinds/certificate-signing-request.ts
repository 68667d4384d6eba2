// Requests for certificates: who asks is written into them, and nothing else in them ever changes but their status.
import { administrator } from '../../authentication/user.ts';
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const certificateSigningRequestStrategy: KindStrategy<CertificateSigningRequest> = {
  statusTakesMetadata: true,
  begin(_context, next, before, { user = administrator }) {
    if (before) return { object: next, claims: [], releases: [] };
    const { username: _1, uid: _2, groups: _3, extra: _4, ...asked } = next.spec ?? {};
    const { name: username, uid, groups, extra } = user;
    const spec = { ...asked, username, ...(uid && { uid }), ...(groups.length > 0 && { groups }), ...(extra && { extra }) };
    return { object: { ...next, spec } as CertificateSigningRequest, claims: [], releases: [] };
  },
  prepareForUpdate: (next, before) => ({ ...next, spec: before.spec }),
  prepareForStatusUpdate(next, before, _sent, now) {
    const conditions = withTimes(keepApprovals(next.status?.conditions ?? [], before.status?.conditions ?? []), before, now);
    return conditions.length > 0 ? { ...next, status: { ...next.status, conditions } } : next;
  },
};

type Conditions = readonly CertificateSigningRequestCondition[];

/** What the approver wrote is not for the signer to change; as long as it is all there, it is as it was. */
function keepApprovals(next: Conditions, before: Conditions): Conditions {
  return ['Approved', 'Denied'].reduce((conditions, type) => {
    const old = before.filter((condition) => condition.type === type);
    if (conditions.filter((condition) => condition.type === type).length !== old.length) return conditions;
    let i = 0;
    return conditions.map((condition) => (condition.type === type ? (old[i++] as CertificateSigningRequestCondition) : condition));
  }, next);
}

/** Conditions that do not say since when they are get the time of the same one before, or now. */
export function withTimes(conditions: Conditions, { status }: CertificateSigningRequest, now: string): Conditions {
  return conditions.map((condition) => {
    const same = status?.conditions?.find((old) => old.type === condition.type && old.status === condition.status && old.lastTransitionTime);
    const { lastUpdateTime, lastTransitionTime } = condition;
    return { ...condition, lastUpdateTime: lastUpdateTime ?? now, lastTransitionTime: lastTransitionTime ?? same?.lastTransitionTime ?? now };
  });
}
