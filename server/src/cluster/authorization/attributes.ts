// What somebody wants to do, in the words in which permissions are given; and the refusal.
import { quote } from '../../kube/quote.ts';
import { failure, type Status } from '../../kube/status.ts';
import type { User } from '../authentication/user.ts';
import { forbidden } from '../registry/answers.ts';
import type { ApiRequest } from '../registry/request.ts';

export type Attributes = ResourceAttributes | PathAttributes;

export interface ResourceAttributes {
  /** 'list', 'deletecollection', 'impersonate', 'bind' */
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string | undefined;
  /** Absent or empty: all namespaces, or a resource without one. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

export interface PathAttributes {
  /** The method in small letters: 'get'. */
  readonly verb: string;
  /** '/healthz' */
  readonly path: string;
}

/** A namespace counts as being in itself, so that a Role in it may give rights on it. */
export function attributesOf({ verb, group, resource, subresource, namespace, name }: ApiRequest): ResourceAttributes {
  const isNamespace = group === '' && resource === 'namespaces';
  return { verb, group, resource, subresource, namespace: isNamespace ? name : namespace, name };
}

/** 403 with the server's words; `reason`: what the authorizer has to add. */
export function refusalOf(user: User, attributes: Attributes, reason = ''): Status {
  const what = reason === '' ? sentence(user, attributes) : `${sentence(user, attributes)}: ${reason}`;
  if ('path' in attributes) return failure(403, 'Forbidden', `forbidden: ${what}`, {});
  return forbidden(attributes, attributes.name ?? '', what);
}

function sentence(user: User, attributes: Attributes): string {
  const who = `User ${quote(user.name)} cannot ${attributes.verb}`;
  if ('path' in attributes) return `${who} path ${quote(attributes.path)}`;
  const { group, resource, subresource, namespace } = attributes;
  const where = namespace ? `in the namespace ${quote(namespace)}` : 'at the cluster scope';
  return `${who} resource ${quote(subresource ? `${resource}/${subresource}` : resource)} in API group ${quote(group)} ${where}`;
}
