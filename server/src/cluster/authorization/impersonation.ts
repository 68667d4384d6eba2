// Acting as somebody else: who may do so, and whom the request then comes from (constrained impersonation, KEP 5284, and the
// old `impersonate` verb after it). The ways are tried in order; when none fits, the first one's refusal is the answer.
import { isStatus, type Status } from '../../kube/status.ts';
import { accountGroups, accountOf, anonymous, authenticated, isMaster, masters, nodeOfUser, unauthenticated, type User } from '../authentication/user.ts';
import type { Reader } from '../runtime/reader.ts';
import { refusalOf, type Attributes, type ResourceAttributes } from './attributes.ts';
import { refuse } from './authorize.ts';

const ownGroup = 'authentication.k8s.io';
const nodeNameKey = 'authentication.kubernetes.io/node-name';
/** From so many groups or extra values on, the right to all of them is looked for first. */
const many = 4;

interface Way {
  /** Whether this way is for such a user. */
  fits(wanted: User, requestor: User): boolean;
  /** 'impersonate:user-info'; undefined: the old way. */
  readonly mode?: string;
}

const isAlone = ({ uid, groups, extra }: User) => !uid && groups.length === 0 && Object.keys(extra ?? {}).length === 0;

const ways: readonly Way[] = [
  { mode: 'associated-node', fits: (wanted, requestor) => isAlone(wanted) && isOnNode(requestor, nodeOfUser(wanted.name)) },
  { mode: 'arbitrary-node', fits: (wanted) => isAlone(wanted) && nodeOfUser(wanted.name) !== undefined },
  { mode: 'serviceaccount', fits: (wanted) => isAlone(wanted) && accountOf(wanted.name) !== undefined },
  { mode: 'user-info', fits: ({ name }) => nodeOfUser(name) === undefined && accountOf(name) === undefined },
  { fits: () => true },
];

const isOnNode = ({ name, extra }: User, node: string | undefined) =>
  node !== undefined && accountOf(name) !== undefined && extra?.[nodeNameKey]?.length === 1 && extra[nodeNameKey][0] === node;

/** The user that `requestor` becomes for this request, or why not. `wanted` as in the headers, without the groups that the server adds. */
export function impersonate(reader: Reader, requestor: User, wanted: User, attributes: Attributes): User | Status {
  if (isMaster(requestor)) return actingAs(wanted);
  let first: Status | undefined;
  for (const { fits, mode } of ways) {
    if (!fits(wanted, requestor)) continue;
    const refused = mode === undefined ? refuseParts(reader, requestor, wanted, undefined) : refuseMode(reader, requestor, wanted, attributes, mode);
    if (!refused) return actingAs(wanted, mode);
    first ??= refused;
  }
  return first!;
}

/** `wanted` with the groups that come with the name, as for somebody who has logged in. `mode`: of constrained impersonation. */
export function actingAs(wanted: User, mode?: string): User {
  const groups = [...groupsOf(wanted, mode)];
  if (wanted.name === anonymous.name) ensure(groups, unauthenticated);
  else if (!groups.includes(unauthenticated)) ensure(groups, authenticated);
  return { ...wanted, groups };
}

function groupsOf({ name, groups }: User, mode: string | undefined): readonly string[] {
  if (mode?.endsWith('-node')) return ['system:nodes'];
  const account = accountOf(name);
  return account && groups.length === 0 ? accountGroups(account.namespace) : groups;
}

function ensure(groups: string[], group: string): void {
  if (!groups.includes(group)) groups.push(group);
}

/** Two rights are needed: to do this very thing in that mode, and to be that user. */
function refuseMode(reader: Reader, requestor: User, wanted: User, attributes: Attributes, mode: string): Status | undefined {
  const acting = mode === 'associated-node' ? { ...requestor, extra: keysOnly(requestor) } : requestor;
  return refuse(reader, acting, { ...attributes, verb: `impersonate-on:${mode}:${attributes.verb}` }) ?? refuseParts(reader, acting, wanted, mode);
}

const keysOnly = ({ extra = {} }: User) => ({ 'authentication.kubernetes.io/associated-node-keys': Object.keys(extra).sort() });

function refuseParts(reader: Reader, requestor: User, wanted: User, mode: string | undefined): Status | undefined {
  const verb = mode === undefined ? 'impersonate' : `impersonate:${mode}`;
  const group = mode === undefined ? '' : ownGroup;
  const ask = (attributes: Omit<ResourceAttributes, 'verb'>) => refuse(reader, requestor, { verb, ...attributes });
  return (
    ask({ group, ...subjectOf(wanted.name, mode) }) ??
    (wanted.uid ? ask({ group: ownGroup, resource: 'uids', name: wanted.uid }) : undefined) ??
    refuseGroups(wanted, requestor, mode, { verb, group, resource: 'groups' }, (name) => ask({ group, resource: 'groups', name })) ??
    refuseExtra(wanted, mode, (subresource, name) => ask({ group: ownGroup, resource: 'userextras', subresource, name }))
  );
}

function subjectOf(name: string, mode: string | undefined): Omit<ResourceAttributes, 'verb' | 'group'> {
  const node = mode === undefined ? undefined : nodeOfUser(name);
  // The right to be one's own node is a right to be any: which node that is, the token says.
  if (node !== undefined) return { resource: 'nodes', name: mode === 'associated-node' ? '*' : node };
  const account = accountOf(name);
  return account ? { resource: 'serviceaccounts', ...account } : { resource: 'users', name };
}

type Ask = (name: string) => Status | undefined;

function refuseGroups({ groups }: User, requestor: User, mode: string | undefined, attributes: ResourceAttributes, ask: Ask): Status | undefined {
  if (mode !== undefined) {
    if (groups.includes('')) return refusalOf(requestor, attributes, 'impersonating the empty string group is not allowed');
    if (groups.includes(masters)) return refusalOf(requestor, { ...attributes, name: masters }, 'impersonating the system:masters group is not allowed');
    if (groups.length >= many && !isStatus(ask('*'))) return undefined;
  }
  return firstOf(groups, ask);
}

function refuseExtra({ extra = {} }: User, mode: string | undefined, ask: (key: string, value: string) => Status | undefined): Status | undefined {
  const pairs = Object.entries(extra).flatMap(([key, values]) => values.map((value) => [key, value] as const));
  if (mode !== undefined && pairs.length >= many && !isStatus(ask('*', '*'))) return undefined;
  return firstOf(pairs, ([key, value]) => ask(key, value));
}

function firstOf<T>(items: readonly T[], ask: (item: T) => Status | undefined): Status | undefined {
  for (const item of items) {
    const refused = ask(item);
    if (refused) return refused;
  }
  return undefined;
}
