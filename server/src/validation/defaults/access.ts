// Defaults of bindings of roles (pkg/apis/rbac/v1/defaults.go) and of requests for tokens.
import type { RbacV1Subject, RoleRef, TokenRequestSpec } from '../../schema/generated/types.ts';
import { filledWith } from './fill.ts';

const apiGroup = 'rbac.authorization.k8s.io';

export const accessFillers = {
  RoleRef: (ref: RoleRef): RoleRef => (ref.apiGroup ? ref : { ...ref, apiGroup }),
  RbacV1Subject: (subject: RbacV1Subject): RbacV1Subject =>
    subject.apiGroup || (subject.kind !== 'User' && subject.kind !== 'Group') ? subject : { ...subject, apiGroup },
  TokenRequestSpec: (spec: TokenRequestSpec): TokenRequestSpec => filledWith(spec, { expirationSeconds: 3600 }),
};
