// The headers by which a request asks to be somebody else's: `kubectl --as jane --as-group dev`.
import { badRequest } from '../../cluster/registry/answers.ts';
import type { User } from '../../cluster/authentication/user.ts';
import { quote } from '../../kube/quote.ts';
import type { Status } from '../../kube/status.ts';

/** Each header with all its values: `headersDistinct` of Node. */
export type Headers = Readonly<Record<string, readonly string[] | undefined>>;

const extraPrefix = 'impersonate-extra-';

/** Who the request wants to be from, as the headers say; undefined: nobody else. */
export function wantedUser(headers: Headers): User | undefined | Status {
  const name = headers['impersonate-user']?.[0] ?? '';
  const uid = headers['impersonate-uid']?.[0] ?? '';
  const groups = headers['impersonate-group'] ?? [];
  const extra = extraOf(headers);
  const user = { name, groups, ...(uid !== '' && { uid }), ...(Object.keys(extra).length > 0 && { extra }) };
  if (name !== '') return user;
  const isBare = uid === '' && groups.length === 0 && !user.extra;
  return isBare ? undefined : badRequest(`requested ${goText(user)} without impersonating a user name`);
}

function extraOf(headers: Headers): Record<string, readonly string[]> {
  const extra: Record<string, readonly string[]> = {};
  for (const [header, values = []] of Object.entries(headers)) {
    if (!header.startsWith(extraPrefix) || values.length === 0) continue;
    const key = decoded(header.slice(extraPrefix.length));
    extra[key] = [...(extra[key] ?? []), ...values];
  }
  return extra;
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** Go's %#v of a user.DefaultInfo. */
function goText({ uid = '', groups, extra }: User): string {
  const pairs = Object.entries(extra ?? {}).map(([key, values]) => `${quote(key)}:${list(values)}`);
  const extraText = extra ? `map[string][]string{${pairs.join(', ')}}` : 'map[string][]string(nil)';
  return `&user.DefaultInfo{Name:"", UID:${quote(uid)}, Groups:${groups.length > 0 ? list(groups) : '[]string(nil)'}, Extra:${extraText}}`;
}

const list = (values: readonly string[]) => `[]string{${values.map(quote).join(', ')}}`;
