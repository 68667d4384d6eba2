// kubectl attach: takes part in the main program of a container.
import { isStatus } from '../../../kube/status.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, text } from '../../flags.ts';
import type { Reading, Running } from '../../pods.ts';
import { isProblem, problem } from '../../problem.ts';
import { containerOf } from './container-of.ts';
import { completed, converse, inputOf, notStarted, refused, terminalEnds, terminalFor } from './converse.ts';
import { podOf } from './pod-of.ts';

const flags = {
  container: text('c'),
  stdin: flag(false, 'i'),
  tty: flag(false, 't'),
  quiet: flag(false, 'q'),
  'pod-running-timeout': text(undefined, '1m0s'),
} as const;

export const attach = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  const { environment } = session;
  if (!environment.containers) return problem('nothing runs here');
  const [word, ...more] = words;
  if (word === undefined) return problem('at least 1 argument is required for attach');
  if (more.length > 1) return problem(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${words.length}: [${words.join(' ')}]`);
  const found = podOf(more[0] === undefined ? word : `${word}/${more[0]}`, session);
  if (isProblem(found)) return found;
  const { pod } = found;
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return completed('attach', pod.status.phase);
  const container = containerOf(pod, flags, session);
  if (isProblem(container)) return container;
  const declared = pod.spec.containers.find(({ name }) => name === container);
  const input = flags.stdin ? inputOf(environment) : undefined;
  let tty = terminalFor(input, flags.tty, flags.quiet, environment);
  if (tty && declared && !declared.tty) {
    tty = false;
    if (!flags.quiet) environment.stderr(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
  }
  const started = environment.containers.attach({ namespace: pod.metadata.namespace!, pod: pod.metadata.name }, { container, stdin: flags.stdin, tty });
  if (isStatus(started)) return refused(started);
  if ('startError' in started) return notStarted(started);
  if (!flags.quiet && input?.isTerminal)
    environment.stderr(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
    );
  if (tty) input?.raw();
  const ended = yield* converse('read' in started ? listening(started) : started, terminalEnds(environment, input), environment.now);
  return isProblem(ended) ? ended : undefined;
});

/** What a container writes, as a program that only does that. */
function listening(reading: Reading): Running {
  return {
    write() {},
    endInput() {},
    kill() {},
    advance: () => ({ stdout: reading.read(), stderr: '' }),
    get exitCode() {
      return reading.isOver ? 0 : undefined;
    },
    get wakeAt() {
      return reading.wakeAt;
    },
  };
}
