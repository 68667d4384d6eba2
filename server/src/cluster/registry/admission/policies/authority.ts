// Whose rights the expressions of a policy ask about: those of who makes the request.
import type { Opaque } from '../../../../validation/cel/values.ts';
import { authorizerOf, type Authority } from '../../../../validation/cel/library/authorizer.ts';
import { administrator, type User } from '../../../authentication/user.ts';
import { authorize } from '../../../authorization/authorize.ts';
import type { Reader } from '../../../runtime/reader.ts';
import type { AdmissionRequest } from '../request.ts';

export function authorizerIn(reader: Reader, { strategy: { info }, object, write }: AdmissionRequest): Opaque {
  const { namespace, name } = object.metadata;
  const { subresource } = write;
  const about = {
    group: info.group,
    resource: info.resource,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(subresource !== undefined && { subresource }),
  };
  return authorizerOf(authorityOf(reader, write.user ?? administrator), about);
}

const authorityOf = (reader: Reader, user: User): Authority => ({
  decide: (question) => authorize(reader, user, question),
  serviceAccount: (namespace, name) =>
    authorityOf(reader, {
      name: `system:serviceaccount:${namespace}:${name}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
    }),
});
