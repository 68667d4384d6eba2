// kubectl exec: a command in a container.
import { isStatus } from '../../../kube/status.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, list, text } from '../../flags.ts';
import { isProblem, problem, usageProblem } from '../../problem.ts';
import { containerOf } from './container-of.ts';
import { completed, converse, exited, inputOf, notStarted, refused, terminalEnds, terminalFor } from './converse.ts';
import { podOf } from './pod-of.ts';

const flags = {
  container: text('c'),
  stdin: flag(false, 'i'),
  tty: flag(false, 't'),
  quiet: flag(false, 'q'),
  filename: list('f'),
  'pod-running-timeout': text(undefined, '1m0s'),
} as const;

export const exec = command(flags, function* (session, { flags, words, wordsBeforeDash }): Generator<Wait, Outcome> {
  const { environment } = session;
  if (!environment.containers) return problem('nothing runs here');
  const [word, ...before] = words.slice(0, wordsBeforeDash);
  const line = words.slice(wordsBeforeDash);
  if (word === undefined) return usageProblem('pod, type/name or --filename must be specified', 'exec');
  if (line.length === 0 && before.length > 0)
    return problem("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples");
  if (line.length === 0) return problem('you must specify at least one command for the container');
  const found = podOf(word, session);
  if (isProblem(found)) return found;
  const { pod } = found;
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return completed('exec into', pod.status.phase);
  const container = containerOf(pod, flags, session);
  if (isProblem(container)) return container;
  const input = flags.stdin ? inputOf(environment) : undefined;
  const tty = terminalFor(input, flags.tty, flags.quiet, environment);
  const place = { namespace: pod.metadata.namespace!, pod: pod.metadata.name };
  const started = environment.containers.exec(place, { container, command: line, stdin: flags.stdin, tty });
  if (isStatus(started)) return refused(started);
  if ('startError' in started) return notStarted(started);
  if (tty) input?.raw();
  const ended = yield* converse(started, terminalEnds(environment, input), environment.now);
  return isProblem(ended) ? ended : exited(ended, environment);
});
