// What an expression may ask about rights: authorizer.group('').resource('pods').namespace('demo').check('get').allowed().
import { overload, type Overload } from '../signature.ts';
import { Opaque } from '../values.ts';

/** Who is asked about, and who answers. Whoever evaluates an expression provides it. */
export interface Authority {
  decide(question: Question): Decision;
  /** The same for another one. */
  serviceAccount(namespace: string, name: string): Authority;
}

export type Question =
  | { readonly verb: string; readonly path: string }
  | {
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly subresource?: string;
      readonly namespace?: string;
      readonly name?: string;
    };

export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

type Subject = Omit<Extract<Question, { readonly group: string }>, 'verb'>;

interface ResourceCheck {
  readonly authority: Authority;
  readonly about: Subject;
}

/** The value of `authorizer`. `about`: what the request is about, which expressions find at authorizer.requestResource. */
export function authorizerOf(authority: Authority, about?: Subject): Opaque {
  const fields = new Map(about && [['requestResource', resourceCheckOf(authority, about)]]);
  return new Opaque('kubernetes.authorization.Authorizer', authority, '', fields);
}

const resourceCheckOf = (authority: Authority, about: Subject): Opaque =>
  new Opaque('kubernetes.authorization.ResourceCheck', { authority, about } satisfies ResourceCheck, '');

const authorityOf = ({ inner }: Opaque) => inner as Authority;
const decided = (decision: Decision) => new Opaque('kubernetes.authorization.Decision', decision, '');
const decisionOf = ({ inner }: Opaque) => inner as Decision;

const refined =
  (field: 'subresource' | 'namespace' | 'name') =>
  ({ inner }: Opaque, value: string): Opaque => {
    const { authority, about } = inner as ResourceCheck;
    return resourceCheckOf(authority, { ...about, [field]: value });
  };

export const authorizerFunctions: readonly Overload[] = [
  overload(
    'authorizer.path(string): pathCheck',
    (value: Opaque, path: string) => new Opaque('kubernetes.authorization.PathCheck', { authority: authorityOf(value), path }, ''),
  ),
  overload('pathCheck.check(string): decision', ({ inner }: Opaque, verb: string) => {
    const { authority, path } = inner as { readonly authority: Authority; readonly path: string };
    return decided(authority.decide({ verb, path }));
  }),
  overload('authorizer.serviceAccount(string, string): authorizer', (value: Opaque, namespace: string, name: string) =>
    authorizerOf(authorityOf(value).serviceAccount(namespace, name)),
  ),
  overload(
    'authorizer.group(string): groupCheck',
    (value: Opaque, group: string) => new Opaque('kubernetes.authorization.GroupCheck', { authority: authorityOf(value), group }, ''),
  ),
  overload('groupCheck.resource(string): resourceCheck', ({ inner }: Opaque, resource: string) => {
    const { authority, group } = inner as { readonly authority: Authority; readonly group: string };
    return resourceCheckOf(authority, { group, resource });
  }),
  overload('resourceCheck.subresource(string): resourceCheck', refined('subresource')),
  overload('resourceCheck.namespace(string): resourceCheck', refined('namespace')),
  overload('resourceCheck.name(string): resourceCheck', refined('name')),
  // Roles know no selectors, so they change nothing.
  overload('resourceCheck.fieldSelector(string): resourceCheck', (value: Opaque) => value),
  overload('resourceCheck.labelSelector(string): resourceCheck', (value: Opaque) => value),
  overload('resourceCheck.check(string): decision', ({ inner }: Opaque, verb: string) => {
    const { authority, about } = inner as ResourceCheck;
    return decided(authority.decide({ verb, ...about }));
  }),
  overload('decision.allowed(): bool', (value: Opaque) => decisionOf(value).allowed),
  overload('decision.reason(): string', (value: Opaque) => decisionOf(value).reason),
  overload('decision.errored(): bool', () => false),
  overload('decision.error(): string', () => ''),
];
