// Who makes a request, as the rules about permissions and the reviews see it.
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';

export interface User {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  /** What else the authenticator knows: a token's pod, its id. */
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export const masters = 'system:masters';
export const authenticated = 'system:authenticated';
export const unauthenticated = 'system:unauthenticated';

/** Whoever holds the token of the kubeconfig, and everybody inside this process. */
export const administrator: User = { name: 'kubernetes-admin', groups: [masters, authenticated] };

/** Whoever shows no token. */
export const anonymous: User = { name: 'system:anonymous', groups: [unauthenticated] };

/** A member of system:masters may do everything; no rule is looked at. */
export const isMaster = (user: User): boolean => user.groups.includes(masters);

const accountPrefix = 'system:serviceaccount:';
const accountsGroup = 'system:serviceaccounts';

export const accountUserName = (namespace: string, name: string): string => `${accountPrefix}${namespace}:${name}`;

export const accountGroups = (namespace: string): readonly string[] => [accountsGroup, `${accountsGroup}:${namespace}`];

/** 'system:serviceaccount:default:robot' in its parts; undefined when it names no service account. */
export function accountOf(userName: string): { readonly namespace: string; readonly name: string } | undefined {
  if (!userName.startsWith(accountPrefix)) return undefined;
  const [namespace, name, ...more] = userName.slice(accountPrefix.length).split(':');
  return more.length === 0 && namespace && name && isLabel(namespace) && isSubdomain(name) ? { namespace, name } : undefined;
}

const nodePrefix = 'system:node:';

/** 'system:node:node-1' → 'node-1'; undefined when it names no node. */
export function nodeOfUser(userName: string): string | undefined {
  const name = userName.startsWith(nodePrefix) ? userName.slice(nodePrefix.length) : '';
  return isSubdomain(name) ? name : undefined;
}

const isLabel = (text: string) => checkDns1123Label(text).length === 0;
const isSubdomain = (text: string) => checkDns1123Subdomain(text).length === 0;
