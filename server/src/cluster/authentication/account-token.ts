// The tokens of service accounts: what they say, and whether they still count. A token dies with its account, and with the pod,
// secret or node that it is bound to; and when its time is over.
import type { KubeObject, ObjectMeta } from '../../kube/object.ts';
import type { ServiceAccount } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';
import { readJwt, signJwt } from './jwt.ts';
import { readSecretToken, secretIssuer } from './secret-token.ts';
import { accountGroups, accountUserName, authenticated, type User } from './user.ts';

/** Who makes the tokens, and the audience of those that name none: the API server. */
export const issuer = 'https://kubernetes.default.svc.cluster.local';

/** Clocks may differ by so much. */
const leewayMs = 60_000;

interface Reference {
  readonly name: string;
  readonly uid: string;
}

export type BoundKind = 'pod' | 'secret' | 'node';

interface Claims {
  readonly iss: string;
  readonly aud: readonly string[];
  readonly exp: number;
  readonly nbf: number;
  readonly jti: string;
  readonly 'kubernetes.io': { readonly namespace: string; readonly serviceaccount: Reference } & { readonly [K in BoundKind]?: Reference };
}

export interface TokenDraft {
  readonly account: ServiceAccount;
  readonly bound: { readonly [K in BoundKind]?: Pick<ObjectMeta, 'name' | 'uid'> };
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  /** From then on a token is old, though it still counts. */
  readonly warnAfterSeconds?: number | undefined;
  /** Names this very token. */
  readonly id: string;
}

const reference = ({ name, uid }: Pick<ObjectMeta, 'name' | 'uid'>): Reference => ({ name, uid });

export function makeToken(draft: TokenDraft, nowMs: number, key: Uint8Array): string {
  const { account, bound, audiences, expirationSeconds, warnAfterSeconds, id } = draft;
  const { namespace = '', name } = account.metadata;
  const now = Math.floor(nowMs / 1000);
  const { node, pod, secret } = bound;
  const own = {
    namespace,
    ...(node && { node: reference(node) }),
    ...(pod && { pod: reference(pod) }),
    ...(secret && { secret: reference(secret) }),
    serviceaccount: reference(account.metadata),
    ...(warnAfterSeconds !== undefined && { warnafter: now + warnAfterSeconds }),
  };
  const times = { aud: audiences, exp: now + expirationSeconds, iat: now, iss: issuer, jti: id };
  return signJwt({ ...times, 'kubernetes.io': own, nbf: now, sub: accountUserName(namespace, name) }, key);
}

export type TokenReading = { readonly user: User; readonly audiences: readonly string[] } | { readonly error: string };

/** Whose token it is, for one of these audiences. */
export function readToken(reader: Reader, token: string, nowMs: number, key: Uint8Array, audiences: readonly string[] = [issuer]): TokenReading {
  const claims = readJwt(token, key) as Claims | undefined;
  if (!claims) return { error: 'invalid bearer token' };
  if (claims.iss === secretIssuer) {
    const user = readSecretToken(reader, token, claims as unknown as Readonly<Record<string, string>>);
    return typeof user === 'string' ? refused(user) : { user, audiences };
  }
  if (nowMs - leewayMs > claims.exp * 1000) return refused('service account token has expired');
  if (nowMs + leewayMs < claims.nbf * 1000) return refused('service account token is not valid yet');
  const shared = audiences.filter((audience) => claims.aud.includes(audience));
  if (shared.length === 0) return refused(`token audiences ${listText(claims.aud)} is invalid for the target audiences ${listText(audiences)}`);
  const problem = problemOf(reader, claims['kubernetes.io']);
  return problem === undefined ? { user: userOf(claims), audiences: shared } : refused(problem);
}

const refused = (why: string) => ({ error: `[invalid bearer token, ${why}]` });
const listText = (texts: readonly string[]) => JSON.stringify(texts).replaceAll('","', '" "');

function problemOf(reader: Reader, { namespace, serviceaccount, pod, secret, node }: Claims['kubernetes.io']): string | undefined {
  const account = reader.get('serviceaccounts', namespace, serviceaccount.name);
  if (!account) return `serviceaccounts "${serviceaccount.name}" not found`;
  const { uid } = account.metadata;
  if (uid !== serviceaccount.uid) return `service account UID (${uid}) does not match claim (${serviceaccount.uid})`;
  // The node of a pod is only told; what counts is the pod.
  return (
    problemOfBound('secret', secret, secret && reader.get('secrets', namespace, secret.name)) ??
    problemOfBound('pod', pod, pod && reader.get('pods', namespace, pod.name)) ??
    (pod ? undefined : problemOfBound('node', node, node && reader.get('nodes', undefined, node.name)))
  );
}

const boundWords: Readonly<Record<BoundKind, readonly [string, string]>> = {
  secret: ['secret', 'service account secret ref claim'],
  pod: ['pod', 'service account pod ref claim'],
  node: ['node', 'service account node ref claim'],
};

function problemOfBound(kind: BoundKind, claim: Reference | undefined, object: KubeObject | undefined): string | undefined {
  if (!claim) return undefined;
  if (!object) return 'service account token has been invalidated';
  const [noun, claimed] = boundWords[kind];
  const { uid } = object.metadata;
  return uid === claim.uid ? undefined : `${noun} UID (${uid}) does not match ${claimed} (${claim.uid})`;
}

function userOf({ jti, 'kubernetes.io': { namespace, serviceaccount, pod, node } }: Claims): User {
  return {
    name: accountUserName(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: [...accountGroups(namespace), authenticated],
    extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${jti}`], ...extraOf('node', node), ...extraOf('pod', pod) },
  };
}

const extraOf = (kind: string, one: Reference | undefined) =>
  one && { [`authentication.kubernetes.io/${kind}-name`]: [one.name], [`authentication.kubernetes.io/${kind}-uid`]: [one.uid] };
