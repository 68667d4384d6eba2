// From the one who knocks to the one whose rights count: impersonation, then authorization. Nothing of the body has been read yet.
import type { User } from '../../cluster/authentication/user.ts';
import { isMaster } from '../../cluster/authentication/user.ts';
import { refuse } from '../../cluster/authorization/authorize.ts';
import { impersonate } from '../../cluster/authorization/impersonation.ts';
import type { Reader } from '../../cluster/runtime/reader.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import type { RequestHead } from '../request.ts';
import { attributesOf } from './attributes.ts';
import { wantedUser, type Headers } from './impersonation-headers.ts';

/** The user that the request is from in the end, or why it is refused. */
export function admit(reader: Reader, requestor: User, head: RequestHead, headers: Headers): User | Status {
  const wanted = wantedUser(headers);
  if (isStatus(wanted)) return wanted;
  // Most requests are the administrator's own.
  if (!wanted && isMaster(requestor)) return requestor;
  const attributes = attributesOf(head);
  const user = wanted ? impersonate(reader, requestor, wanted, attributes) : requestor;
  return isStatus(user) ? user : (refuse(reader, user, attributes) ?? user);
}
