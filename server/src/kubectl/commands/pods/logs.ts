// kubectl logs: what the containers of pods wrote.
import type { LogOptions } from '../../../cluster/containers/log/options.ts';
import { containersOf } from '../../../cluster/containers/choose-container.ts';
import { isStatus } from '../../../kube/status.ts';
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, number, text, type Values } from '../../flags.ts';
import type { Reading } from '../../pods.ts';
import { isProblem, problem, refusal, usageProblem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';
import { durationOf } from '../durations.ts';
import { containerOf } from './container-of.ts';
import { show } from './converse.ts';
import { podOf, podsMatching, type ChosenPod } from './pod-of.ts';

const flags = {
  container: text('c'),
  'all-containers': flag(),
  'all-pods': flag(),
  follow: flag(false, 'f'),
  previous: flag(false, 'p'),
  timestamps: flag(),
  since: text(undefined, '0s'),
  'since-time': text(),
  tail: number(-1),
  'limit-bytes': number(0),
  prefix: flag(),
  selector: text('l'),
  'ignore-errors': flag(),
  'max-log-requests': number(5),
  'pod-running-timeout': text(undefined, '20s'),
  'insecure-skip-tls-verify-backend': flag(),
} as const;

type LogsFlags = Values<typeof flags>;

export const logs = command(flags, function* (session, { flags, given, words }): Generator<Wait, Outcome> {
  const { containers } = session.environment;
  if (!containers) return problem('there are no logs here');
  const [word, container, ...more] = words;
  if (word === undefined && flags.selector === '')
    return usageProblem("expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command", 'logs');
  if (more.length > 0 || (word !== undefined && flags.selector !== ''))
    return usageProblem("expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command", 'logs');
  if (container !== undefined && flags.container !== '') return problem('only one of -c or an inline [CONTAINER] arg is allowed');
  const options = optionsOf(flags, given);
  if (isProblem(options)) return options;
  const chosen = choose(word, flags, session);
  if (isProblem(chosen)) return chosen;
  const readings: { reading: Reading; prefix: string }[] = [];
  for (const { pod } of chosen) {
    const names = containerNames(pod, flags, container, session);
    if (isProblem(names)) return names;
    for (const name of names) {
      const reading = containers.log({ namespace: pod.metadata.namespace!, pod: pod.metadata.name }, { ...options, container: name });
      if (isStatus(reading)) return refusal(reading);
      readings.push({ reading, prefix: flags.prefix ? `[pod/${pod.metadata.name}/${name}] ` : '' });
    }
  }
  return yield* copy(readings, session);
});

function choose(word: string | undefined, flags: LogsFlags, session: Session): readonly ChosenPod[] | Problem {
  if (word === undefined) {
    const pods = podsMatching(flags.selector, session);
    if (isProblem(pods)) return pods;
    if (pods.length === 0) session.environment.stderr(`No resources found in ${session.namespace} namespace.\n`);
    return pods.map((pod) => ({ pod, count: 1 }));
  }
  const found = podOf(word, session);
  if (isProblem(found)) {
    const { status } = found;
    return status?.reason === 'NotFound' ? problem(`error from server (${status.reason}): ${status.message} in namespace "${session.namespace}"`) : found;
  }
  if (found.count > 1) session.environment.stderr(`Found ${found.count} pods, using pod/${found.pod.metadata.name}\n`);
  return [found];
}

function containerNames(pod: Pod, flags: LogsFlags, inline: string | undefined, session: Session): readonly string[] | Problem {
  if (flags['all-containers']) return containersOf(pod).map(({ name }) => name);
  const chosen = containerOf(pod, { container: inline ?? flags.container, quiet: false }, session);
  return isProblem(chosen) ? chosen : [chosen];
}

function optionsOf(flags: LogsFlags, given: ReadonlySet<string>): LogOptions | Problem {
  const since = durationOf(flags.since, 'since');
  if (isProblem(since)) return since;
  if (given.has('since') && given.has('since-time')) return problem('at most one of `sinceTime` or `sinceSeconds` may be specified');
  const sinceTime = flags['since-time'] === '' ? undefined : parseTime(flags['since-time']);
  if (flags['since-time'] !== '' && sinceTime === undefined)
    return problem(`parsing time "${flags['since-time']}" as "2006-01-02T15:04:05Z07:00": cannot parse "${flags['since-time']}" as "2006"`);
  if (flags.tail < -1) return problem('--tail must be greater than or equal to -1');
  // Of many pods only the last lines are shown, unless --tail says how many.
  const tail = flags.tail >= 0 ? flags.tail : flags.selector !== '' && !given.has('tail') ? 10 : undefined;
  return {
    follow: flags.follow,
    previous: flags.previous,
    timestamps: flags.timestamps,
    ...(since > 0 && { sinceSeconds: Math.ceil(since / 1000) }),
    ...(sinceTime !== undefined && { sinceTime }),
    ...(tail !== undefined && { tailLines: tail }),
    ...(flags['limit-bytes'] > 0 && { limitBytes: flags['limit-bytes'] }),
  };
}

function* copy(readings: readonly { reading: Reading; prefix: string }[], { environment }: Session): Generator<Wait, Outcome> {
  for (;;) {
    let until = Infinity;
    for (const { reading, prefix } of readings) {
      const bytes = reading.read();
      if (bytes !== '') show(environment, 'stdout', prefix === '' ? bytes : bytes.replace(/^(?=.)/gm, prefix));
      if (reading.problem) return refusal(reading.problem);
      until = Math.min(until, reading.wakeAt ?? Infinity);
    }
    if (readings.every(({ reading }) => reading.isOver)) return undefined;
    yield until === Infinity ? {} : { until };
  }
}
