// The old form of a service account's token: it stands in a Secret, has no end, and counts as long as that Secret holds it.
import { decodeBase64, encodeBase64 } from '../../kube/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../kube/utf8.ts';
import type { Secret, ServiceAccount } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';
import type { IndexDefinition } from '../store/index-of.ts';
import { signJwt } from './jwt.ts';
import { accountGroups, accountUserName, authenticated, type User } from './user.ts';

export const secretIssuer = 'kubernetes/serviceaccount';
export const tokenSecretType = 'kubernetes.io/service-account-token';
export const accountNameKey = 'kubernetes.io/service-account.name';
export const accountUidKey = 'kubernetes.io/service-account.uid';

const claim = 'kubernetes.io/serviceaccount';

/** Token secrets by the key of their account: 'demo/robot'. */
export const secretsByAccount: IndexDefinition = {
  name: 'secretsByAccount',
  resource: 'secrets',
  keysOf(object) {
    const { type, metadata } = object as Secret;
    return type === tokenSecretType ? [`${metadata.namespace ?? ''}/${metadata.annotations?.[accountNameKey] ?? ''}`] : none;
  },
};

const none: readonly string[] = [];

/** As the value of a secret's key. */
export const encoded = (text: string): string => encodeBase64(encodeUtf8(text));

export function makeSecretToken({ metadata: { namespace = '', name, uid } }: ServiceAccount, secret: string, key: Uint8Array): string {
  const claims = {
    iss: secretIssuer,
    [`${claim}/namespace`]: namespace,
    [`${claim}/secret.name`]: secret,
    [`${claim}/service-account.name`]: name,
    [`${claim}/service-account.uid`]: uid,
    sub: accountUserName(namespace, name),
  };
  return signJwt(claims, key);
}

/** Whose token it is, or why it does not count any more. `claims`: of a token with a good signature. */
export function readSecretToken(reader: Reader, token: string, claims: Readonly<Record<string, string>>): User | string {
  const of = (what: string) => claims[`${claim}/${what}`] ?? '';
  const [namespace, name, uid] = [of('namespace'), of('service-account.name'), of('service-account.uid')];
  const secret = reader.get<Secret>('secrets', namespace, of('secret.name'));
  if (!secret) return 'Token has been invalidated';
  const read = decodeBase64(secret.data?.['token'] ?? '');
  if (!('bytes' in read) || decodeUtf8(read.bytes) !== token) return "Token does not match server's copy";
  const account = reader.get('serviceaccounts', namespace, name);
  if (!account) return `serviceaccounts "${name}" not found`;
  if (account.metadata.uid !== uid) return `ServiceAccount UID (${account.metadata.uid}) does not match claim (${uid})`;
  return { name: accountUserName(namespace, name), uid, groups: [...accountGroups(namespace), authenticated] };
}
