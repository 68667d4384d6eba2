// kubectl auth can-i: whether the server would let one do it.
import { kindOf } from '../../../schema/kinds.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, text, type Values } from '../../flags.ts';
import type { PolicyRule } from '../../../schema/generated/types.ts';
import { ruleRows } from '../../describe/role.ts';
import { align, tableAlignment } from '../../output/tabwriter.ts';
import { isProblem, problem } from '../../problem.ts';
import { kindNamed } from '../../resource-names.ts';
import type { Session } from '../../session.ts';

const flags = {
  'all-namespaces': flag(false, 'A'),
  quiet: flag(false, 'q'),
  subresource: text(),
  list: flag(),
  'no-headers': flag(),
} as const;

export const canI = command(flags, (session, { flags, words }): Outcome => {
  if (flags.list) return words.length > 0 ? problem('list option must be specified with no arguments') : listRules(session, flags);
  const [verb, what, name, ...more] = words;
  if (!verb || !what || more.length > 0 || (name !== undefined && what.includes('/')))
    return problem("you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.");
  if (what.startsWith('/') && flags.subresource !== '') return problem('--subresource can not be used with NonResourceURL');
  if (what.startsWith('/') && !pathVerbs.has(verb)) warnOfVerb(verb, session);
  const attributes = what.startsWith('/')
    ? { nonResourceAttributes: { verb, path: what } }
    : { resourceAttributes: resourceOf(verb, what, name, session, flags) };
  const kind = kindOf('authorization.k8s.io/v1', 'SelfSubjectAccessReview')!;
  const answer = session.create(kind, undefined, { apiVersion: kind.apiVersion, kind: kind.kind, metadata: {}, spec: attributes }, {});
  if (isProblem(answer)) return answer;
  const {
    allowed = false,
    reason = '',
    evaluationError = '',
  } = (answer as { status?: { allowed?: boolean; reason?: string; evaluationError?: string } }).status ?? {};
  const text = `${allowed ? 'yes' : 'no'}${!allowed && reason !== '' ? ` - ${reason}` : ''}${!allowed && evaluationError !== '' ? ` - ${evaluationError}` : ''}`;
  if (!flags.quiet) session.print(text);
  return allowed ? undefined : 1;
});

const resourceVerbs = new Set('get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(' '));
const pathVerbs = new Set(['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*']);

const warnOfVerb = (verb: string, { environment }: Session) => environment.stderr(`Warning: verb '${verb}' is not a known verb\n\n`);

function resourceOf(verb: string, what: string, third: string | undefined, session: Session, flags: CanIFlags): object {
  const [type = '', second = ''] = what.split('/', 2);
  const name = third ?? second;
  const kind = type === '*' ? undefined : kindNamed(type, session);
  if (!kind && type !== '*') {
    const dot = type.indexOf('.');
    const known = dot < 0 ? `'${type}'` : `'${type.slice(0, dot)}' in group '${type.slice(dot + 1)}'`;
    session.environment.stderr(`Warning: the server doesn't have a resource type ${known}\n\n`);
  } else if (kind && !kind.namespaced && !flags['all-namespaces']) {
    session.environment.stderr(`Warning: resource '${kind.resource}' is not namespace scoped${kind.group ? ` in group '${kind.group}'` : ''}\n\n`);
  }
  if (!flags['all-namespaces'] && !resourceVerbs.has(verb)) warnOfVerb(verb, session);
  const dot = type.indexOf('.');
  const resource = kind?.resource ?? (dot < 0 ? type : type.slice(0, dot));
  const group = kind?.group ?? (type === '*' ? '*' : dot < 0 ? '' : type.slice(dot + 1));
  return {
    verb,
    resource,
    ...(flags['all-namespaces'] ? {} : { namespace: session.namespace }),
    ...(group !== '' && { group }),
    ...(flags.subresource !== '' && { subresource: flags.subresource }),
    ...(name !== '' && { name }),
  };
}

type CanIFlags = Values<typeof flags>;

function listRules(session: Session, { 'no-headers': noHeaders }: { 'no-headers': boolean }): Outcome {
  const kind = kindOf('authorization.k8s.io/v1', 'SelfSubjectRulesReview')!;
  const answer = session.create(kind, undefined, { apiVersion: kind.apiVersion, kind: kind.kind, metadata: {}, spec: { namespace: session.namespace } }, {});
  if (isProblem(answer)) return answer;
  const { resourceRules = [], nonResourceRules = [] } =
    (answer as { status?: { resourceRules?: readonly PolicyRule[]; nonResourceRules?: readonly PolicyRule[] } }).status ?? {};
  const rows = ruleRows([...resourceRules, ...nonResourceRules]);
  const header = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
  session.print(align([...(noHeaders ? [] : [header]), ...rows].map((row) => row.join('\t')).join('\n'), tableAlignment));
  return undefined;
}
