// kubectl drain: no new pods come to a node, and those that are there are evicted, as far as their disruption budgets let them.
import type { Node, Pod } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, number, text, type Values } from '../../flags.ts';
import { bare, isNotFound, isProblem, problem, type Problem } from '../../problem.ts';
import { dryRunOf, type DryRun } from '../../results.ts';
import type { Session } from '../../session.ts';
import { durationOf } from '../durations.ts';
import { mark, nodesNamed } from './cordon.ts';
import { podsToLeave } from './pods-to-leave.ts';

const flags = {
  force: flag(),
  'ignore-daemonsets': flag(),
  'ignore-errors': flag(),
  'delete-emptydir-data': flag(),
  'grace-period': number(-1),
  timeout: text(undefined, '0s'),
  selector: text('l'),
  'pod-selector': text(),
  'disable-eviction': flag(),
  'skip-wait-for-delete-timeout': number(0),
  'chunk-size': number(500),
  'dry-run': text(undefined, 'none', 'unchanged'),
} as const;

export type DrainFlags = Values<typeof flags>;

export const drain = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const timeoutMs = durationOf(flags.timeout);
  if (isProblem(timeoutMs)) return timeoutMs;
  const nodes = nodesNamed(words, flags.selector, 'drain', session);
  if (isProblem(nodes)) return nodes;
  if (nodes.problem) return nodes.problem;
  mark(nodes.found, true, dryRun, session);
  const { stderr } = session.environment;
  const failures: Failure[] = [];
  const pending: string[] = [];
  for (const node of nodes.found) {
    const { name } = node.metadata;
    const failed = yield* empty(node, flags, timeoutMs, dryRun, session);
    if (!failed) {
      session.print(`node/${name} drained${dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : ''}`);
      continue;
    }
    stderr(`error: unable to drain node "${name}" due to error: ${listed(failed)}, continuing command...\n`);
    failures.push(failed);
    pending.push(name);
  }
  if (failures.length === 0) return undefined;
  stderr(`There are pending nodes to be drained:\n${pending.map((name) => ` ${name}\n`).join('')}`);
  return bare([...new Set(failures.flat())].join('\n'));
});

/** What went wrong, pod by pod. */
type Failure = readonly string[];

/** As Go prints several errors in one line. */
const listed = (failure: Failure): string => (failure.length === 1 ? failure[0]! : `[${failure.join(', ')}]`);

/** Evicts what may go and waits until it is gone. */
function* empty(node: Node, flags: DrainFlags, timeoutMs: number, dryRun: DryRun, session: Session): Generator<Wait, Failure | undefined> {
  const leaving = podsToLeave(node, flags, session);
  if (isProblem(leaving)) return [leaving.amongOthers];
  if (leaving.warning !== '') session.warn(leaving.warning);
  const suffix = dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : '';
  if (dryRun !== 'none') {
    for (const { metadata } of leaving.pods) session.print(`evicting pod ${metadata.namespace}/${metadata.name}${suffix}`);
    return undefined;
  }
  const until = timeoutMs > 0 ? session.environment.now() + timeoutMs : undefined;
  const pending = new Map(leaving.pods.map((pod) => [pod, 0]));
  const evicted = new Set<Pod>();
  const word = flags['disable-eviction'] ? 'deleted' : 'evicted';
  while (pending.size > 0) {
    for (const [pod, retryAt] of pending) {
      if (!evicted.has(pod)) {
        if (session.environment.now() < retryAt) continue;
        const failed = evict(pod, flags, session);
        if (failed === 'again') {
          pending.set(pod, session.environment.now() + retryMs);
          continue;
        }
        if (failed) return [failed.amongOthers];
        evicted.add(pod);
      }
      if (!isGone(pod, session)) continue;
      session.print(`pod/${pod.metadata.name} ${word}`);
      pending.delete(pod);
    }
    if (pending.size === 0) return undefined;
    if (until !== undefined && session.environment.now() >= until) return timedOut([...pending.keys()], evicted, timeoutMs, node, session);
    const retries = [...pending].filter(([pod]) => !evicted.has(pod)).map(([, at]) => at);
    const next = Math.min(until ?? Infinity, ...retries);
    yield next === Infinity ? {} : { until: next };
  }
  return undefined;
}

/** A budget that forbids it now may allow it later. */
const retryMs = 5_000;

function evict(pod: Pod, flags: DrainFlags, session: Session): 'again' | Problem | undefined {
  const { name, namespace } = pod.metadata;
  const kind = kindOf('v1', 'Pod')!;
  const grace = flags['grace-period'] >= 0 ? { gracePeriodSeconds: flags['grace-period'] } : {};
  if (flags['disable-eviction']) {
    const answer = session.delete(kind, namespace, name, grace);
    return isProblem(answer) && !isNotFound(answer) ? answer : undefined;
  }
  session.print(`evicting pod ${namespace}/${name}`);
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions: grace };
  const answer = session.createSubresource(kind, namespace, name, 'eviction', body);
  if (!isProblem(answer) || isNotFound(answer)) return undefined;
  if (answer.status?.reason !== 'TooManyRequests')
    return problem(`error when evicting pods/"${name}" -n "${namespace}": ${answer.status?.message ?? answer.amongOthers}`);
  session.environment.stderr(`error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${answer.status.message}\n`);
  return 'again';
}

/** Gone, or another pod of the same name. */
function isGone({ metadata }: Pod, session: Session): boolean {
  const now = session.get(kindOf('v1', 'Pod')!, metadata.namespace, metadata.name);
  return isProblem(now) ? isNotFound(now) : now.metadata.uid !== metadata.uid;
}

function timedOut(pods: readonly Pod[], evicted: ReadonlySet<Pod>, timeoutMs: number, node: Node, session: Session): Failure {
  const failure = pods.map((pod) => {
    const { name, namespace } = pod.metadata;
    const doing = evicted.has(pod) ? `waiting for pod "${name}" in namespace "${namespace}" to terminate` : `evicting pods/"${name}" -n "${namespace}"`;
    return `error when ${doing}: global timeout reached: ${goDuration(timeoutMs)}`;
  });
  session.environment.stderr(`There are pending pods in node "${node.metadata.name}" when an error occurred: ${listed(failure)}\n`);
  for (const pod of pods) session.environment.stderr(`pod/${pod.metadata.name}\n`);
  return failure;
}

/** Go's text of a duration: '1m30s'. */
function goDuration(ms: number): string {
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, (ms % 60_000) / 1000];
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}
