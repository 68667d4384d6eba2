// Functions are declared by their signatures: 'string.startsWith(string): bool', 'list<T>.sum(): T', 'size(list<T>): int'.
import { duration, listOf, mapOf, optionalOf, timestamp, type CelType } from './types.ts';
import type { Value } from './values.ts';

export interface Overload {
  readonly name: string;
  readonly isMember: boolean;
  /** Of a member the receiver comes first. */
  readonly params: readonly CelType[];
  readonly result: CelType;
  readonly call: (...args: never[]) => Value;
}

const abbreviations: Readonly<Record<string, CelType>> = {
  timestamp,
  duration,
  quantity: { is: 'named', name: 'kubernetes.Quantity' },
  url: { is: 'named', name: 'kubernetes.URL' },
  ip: { is: 'named', name: 'net.IP' },
  cidr: { is: 'named', name: 'net.CIDR' },
  semver: { is: 'named', name: 'kubernetes.Semver' },
  authorizer: { is: 'named', name: 'kubernetes.authorization.Authorizer' },
  pathCheck: { is: 'named', name: 'kubernetes.authorization.PathCheck' },
  groupCheck: { is: 'named', name: 'kubernetes.authorization.GroupCheck' },
  resourceCheck: { is: 'named', name: 'kubernetes.authorization.ResourceCheck' },
  decision: { is: 'named', name: 'kubernetes.authorization.Decision' },
  namedFormat: { is: 'named', name: 'kubernetes.NamedFormat' },
};

/** What stands before the name of a function that is no member: 'sets.contains'. */
const namespaces: ReadonlySet<string> = new Set(['format', 'lists', 'optional', 'sets', 'strings']);

export function overload(signature: string, call: Overload['call']): Overload {
  const match = /^(?:(.+)\.)?([\w@!?:[\]+*/%<>=&|-]+)\((.*)\): (.+)$/.exec(signature)!;
  const [, before, own, params, result] = match as unknown as readonly [string, string | undefined, string, string, string];
  const receiver = before !== undefined && namespaces.has(before) ? undefined : before;
  const name = before !== undefined && receiver === undefined ? `${before}.${own}` : own;
  const listed = splitTypes(params).map(readType);
  return {
    name,
    isMember: receiver !== undefined,
    params: receiver === undefined ? listed : [readType(receiver), ...listed],
    result: readType(result),
    call,
  };
}

/** 'map<K, V>, int' → its two types. */
function splitTypes(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '<') depth++;
    else if (text[i] === '>') depth--;
    else if ((text[i] === ',' || i === text.length) && depth === 0) {
      if (text.slice(start, i).trim() !== '') parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts;
}

function readType(text: string): CelType {
  const generic = /^(\w+)<(.*)>$/.exec(text);
  if (!generic) return /^[A-Z]$/.test(text) ? { is: 'any of', name: text } : (abbreviations[text] ?? { is: 'named', name: text });
  const [of, second] = splitTypes(generic[2]!).map(readType) as [CelType, CelType?];
  if (generic[1] === 'list') return listOf(of);
  return generic[1] === 'map' ? mapOf(of, second!) : optionalOf(of);
}
