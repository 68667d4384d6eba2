// kubectl exec: a command in a container.
import { textOf, utf8 } from '../../../cluster/containers/bytes.ts';
import { isStatus } from '../../../kube/status.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, list, text } from '../../flags.ts';
import { isProblem, problem, refusal, usageProblem } from '../../problem.ts';
import { describeAll } from './logs.ts';
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
  const { containers, stdout, stderr, stdin } = session.environment;
  if (!containers) return problem('nothing runs here');
  const [word, ...before] = words.slice(0, wordsBeforeDash);
  const line = words.slice(wordsBeforeDash);
  if (word === undefined) return usageProblem('pod, type/name or --filename must be specified', 'exec');
  if (line.length === 0 && before.length > 0)
    return problem("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples");
  if (line.length === 0) return usageProblem('you must specify at least one command for the container', 'exec');
  const found = podOf(word, session);
  if (isProblem(found)) return found;
  const { pod } = found;
  const { name, namespace } = pod.metadata;
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed')
    return problem(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`);
  const container = flags.container || pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'] || pod.spec.containers[0]!.name;
  if (flags.container === '' && !flags.quiet && describeAll(pod).includes(',')) stderr(`Defaulted container "${container}" out of: ${describeAll(pod)}\n`);
  const started = containers.exec({ namespace: namespace!, pod: name }, { container, command: line, stdin: flags.stdin, tty: flags.tty });
  if (isStatus(started)) return refusal(started);
  if ('startError' in started) return problem(`Internal error occurred: ${started.startError}`);
  if (flags.stdin) started.write(utf8(stdin()));
  started.endInput();
  for (;;) {
    const written = started.advance(session.environment.now());
    if (written.stdout !== '') stdout(textOf(written.stdout));
    if (written.stderr !== '') stderr(textOf(written.stderr));
    if (started.exitCode !== undefined) break;
    yield started.wakeAt === undefined ? {} : { until: started.wakeAt };
  }
  if (started.exitCode === 0) return undefined;
  stderr(`command terminated with exit code ${started.exitCode}\n`);
  return started.exitCode;
});
