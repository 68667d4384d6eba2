// From the one who knocks to the one whose rights count: impersonation, then authorization. Nothing of the body has been read yet.
import type { User } from '../../cluster/authentication/user.ts';
import { isMaster } from '../../cluster/authentication/user.ts';
import type { Attributes } from '../../cluster/authorization/attributes.ts';
import { authorize, refuse } from '../../cluster/authorization/authorize.ts';
import { impersonate } from '../../cluster/authorization/impersonation.ts';
import { forbidden } from '../../cluster/registry/answers.ts';
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
  if (isStatus(user)) return user;
  return refuse(reader, user, attributes) ?? refuseStream(reader, user, attributes) ?? user;
}

/** A stream that is begun by GET (WebSocket) lets one do as much as one that is begun by POST, so it needs that right too. */
function refuseStream(reader: Reader, user: User, attributes: Attributes): Status | undefined {
  if (attributes.verb !== 'get' || 'path' in attributes || attributes.group !== '' || attributes.resource !== 'pods') return undefined;
  if (!['attach', 'exec', 'portforward'].includes(attributes.subresource ?? '')) return undefined;
  const { allowed, reason } = authorize(reader, user, { ...attributes, verb: 'create' });
  return allowed ? undefined : forbidden(attributes, attributes.name ?? '', reason);
}
