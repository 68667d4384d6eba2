// kubectl wait: until a condition holds, a field has a value, or an object is there or gone.
import { quote } from '../../kube/quote.ts';
import { command, type Outcome } from '../command.ts';
import type { Wait } from '../environment.ts';
import { flag, list, text } from '../flags.ts';
import { relaxedPath } from '../output/custom-columns.ts';
import { resultsOf, textOf } from '../output/jsonpath/evaluate.ts';
import { parseTemplate } from '../output/jsonpath/parse.ts';
import { isNotFound, isProblem, problem, together, type Problem } from '../problem.ts';
import { objectName } from '../resource-names.ts';
import { printFlags, printResult, type PrintFlags } from '../results.ts';
import type { Session } from '../session.ts';
import { selectFiles, selectWords, type Target } from '../targets.ts';
import type { KubeObject } from '../../kube/object.ts';
import { durationOf } from './durations.ts';
import { itemsOf } from './items.ts';

const flags = {
  for: text(),
  timeout: text(undefined, '30s'),
  filename: list('f'),
  recursive: flag(true, 'R'),
  selector: text('l'),
  'field-selector': text(),
  all: flag(),
  'all-namespaces': flag(false, 'A'),
  ...printFlags,
} as const;

export const wait = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  const goal = goalOf(flags.for);
  if (isProblem(goal)) return goal;
  const timeoutMs = durationOf(flags.timeout, 'timeout', 'wait');
  if (isProblem(timeoutMs)) return timeoutMs;
  const targets = select(words, flags, session, goal);
  if (isProblem(targets)) return targets;
  // A negative timeout means a week, as in the real client.
  const until = session.environment.now() + (timeoutMs < 0 ? 7 * 24 * 3600_000 : timeoutMs);
  const problems: Problem[] = [];
  for (const target of targets) {
    // What is gone already is not worth a word.
    if (goal.of === 'gone' && isMissing(session.get(target.kind, target.namespace, target.name))) continue;
    const failed = yield* reach(target, goal, until, session);
    if (failed) problems.push(failed);
    else problems.push(...said(target, flags, session));
  }
  return together(problems);
});

/** The object itself with -o, where there still is one. */
function said({ kind, namespace, name }: Target, flags: PrintFlags, session: Session): readonly Problem[] {
  const object = flags.output === '' ? undefined : session.get(kind, namespace, name);
  if (!object || isProblem(object)) session.print(`${objectName(kind, name)} condition met`);
  else return [printResult(session, kind, object, 'condition met', { ...flags, 'dry-run': 'none' })].filter(isProblem);
  return [];
}

const isMissing = (object: KubeObject | Problem) => isProblem(object) && isNotFound(object);

interface Goal {
  readonly of: 'gone' | 'there' | 'state';
  /** Whether an object is there yet; an object without the field is not. */
  readonly met: (object: KubeObject | undefined) => boolean;
}

/** 'delete', 'create', 'condition=Ready', 'condition=Ready=false', 'jsonpath={.status.phase}=Running'. */
function goalOf(spec: string): Goal | Problem {
  const lower = spec.toLowerCase();
  if (lower === 'delete') return { of: 'gone', met: (object) => object === undefined };
  if (lower === 'create') return { of: 'there', met: (object) => object !== undefined };
  if (spec.startsWith('condition=')) {
    const [type = '', status = 'true'] = spec.slice('condition='.length).split('=');
    return { of: 'state', met: (object) => conditionOf(object, type)?.status?.toLowerCase() === status.toLowerCase() };
  }
  if (spec.startsWith('jsonpath=')) return fieldGoal(spec.slice('jsonpath='.length));
  return problem(`unrecognized condition: ${spec === '' ? '[]' : quote(spec)}`);
}

interface Conditioned extends KubeObject {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type?: string; readonly status?: string; readonly observedGeneration?: number }[];
  };
}

/** A condition that speaks of an older generation than the object's does not count. */
function conditionOf(object: KubeObject | undefined, type: string): { readonly status?: string } | undefined {
  const { status, metadata } = (object ?? {}) as Conditioned;
  const condition = status?.conditions?.find((each) => each.type?.toLowerCase() === type.toLowerCase());
  const observed = condition?.observedGeneration ?? status?.observedGeneration;
  return observed !== undefined && observed < (metadata?.generation ?? 0) ? undefined : condition;
}

function fieldGoal(spec: string): Goal | Problem {
  // '{.a[?(@.b=="c")].d}=value': the value follows the first '=' behind the braces.
  const found = /^'?(\{.*\}|[^=]*)'?(?:=(.*))?$/s.exec(spec);
  const relaxed = relaxedPath(found?.[1] ?? '');
  if (!found || 'error' in relaxed)
    return problem("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'");
  const path = parseTemplate(found[1]!.startsWith('{') ? found[1]! : relaxed.value);
  if ('error' in path) return problem(path.error);
  const wanted = found[2]?.replace(/^(["'])(.*)\1$/, '$2');
  return {
    of: 'state',
    met: (object) => {
      const results = object ? resultsOf(path.value, object, { missing: 'refuse' }) : undefined;
      if (!results || 'error' in results) return false;
      const values = results.value.flat();
      return wanted === undefined ? values.length > 0 : values.length === 1 && textOf(values[0]) === wanted;
    },
  };
}

type WaitFlags = { filename: readonly string[]; recursive: boolean; selector: string; 'field-selector': string; all: boolean; 'all-namespaces': boolean };

function select(words: readonly string[], flags: WaitFlags, session: Session, goal: Goal): readonly Target[] | Problem {
  if (flags.filename.length === 0 && words.length === 0) return problem('arguments in resource/name form must have a single resource and name');
  const selected = flags.filename.length > 0 ? selectFiles({ ...flags, kustomize: '' }, session) : selectWords(words, session);
  if (isProblem(selected)) return selected;
  const targets: Target[] = [...selected.targets];
  if (selected.kinds.length > 0 && !flags.all && flags.selector === '' && flags['field-selector'] === '')
    return problem('resource(s) were provided, but no name was specified');
  for (const kind of selected.kinds) {
    const found = itemsOf(kind, flags, session);
    if (isProblem(found)) return found;
    targets.push(...found.items.map(({ object }) => ({ kind, namespace: object.metadata.namespace, name: object.metadata.name })));
  }
  return targets.length === 0 && goal.of !== 'gone' ? problem('no matching resources found') : targets;
}

function* reach({ kind, namespace, name }: Target, goal: Goal, until: number, session: Session): Generator<Wait, Problem | undefined> {
  for (;;) {
    const object = session.get(kind, namespace, name);
    if (isProblem(object) && (!isNotFound(object) || goal.of === 'state')) return object;
    if (goal.met(isProblem(object) ? undefined : object)) return undefined;
    if (session.environment.now() >= until) return problem(`timed out waiting for the condition${goal.of === 'there' ? '' : ` on ${kind.resource}/${name}`}`);
    yield { until };
  }
}
