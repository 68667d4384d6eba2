// A program in a container and whoever has started it: what it writes is shown, what comes in is passed on, until it ends.
import { textOf, utf8, type Bytes } from '../../../cluster/containers/bytes.ts';
import type { KubectlEnvironment, Wait } from '../../environment.ts';
import type { Input, Running } from '../../pods.ts';
import { bare, problem, refusal, type Problem } from '../../problem.ts';
import type { Status } from '../../../kube/status.ts';

export interface Ends {
  readonly input: Input | undefined;
  stdout(bytes: Bytes): void;
  stderr(bytes: Bytes): void;
}

/** The exit code, or why there is none. */
export function* converse(running: Running, ends: Ends, now: () => number): Generator<Wait, number | Problem> {
  const { input } = ends;
  let takesInput = input !== undefined;
  if (!takesInput) running.endInput();
  try {
    for (;;) {
      if (input && takesInput) {
        const typed = input.read();
        if (typed !== '') running.write(typed);
        if (input.isOver) {
          takesInput = false;
          running.endInput();
        }
      }
      const written = running.advance(now());
      if (written.stdout !== '') ends.stdout(written.stdout);
      if (written.stderr !== '') ends.stderr(written.stderr);
      if (running.problem) return lost(running.problem);
      if (running.exitCode !== undefined) return running.exitCode;
      yield running.wakeAt === undefined ? {} : { until: running.wakeAt };
    }
  } finally {
    input?.close();
  }
}

/** A refusal of the server, or what the connection says when it is there already. */
const lost = (status: Status): Problem => (status.reason === 'InternalError' ? problem(status.message ?? '') : refusal(status));

/** What is said of a program that did not end well; its code is the command's. */
export function exited(code: number, environment: KubectlEnvironment): number | undefined {
  if (code === 0) return undefined;
  environment.stderr(`command terminated with exit code ${code}\n`);
  return code;
}

/** A server refuses, or the kubelet behind it does. */
export const refused = (status: Status): Problem =>
  status.reason === 'InternalError' ? problem(`Internal error occurred: ${status.message}`) : refusal(status);

/** A program that could not be started, in the words of a server. */
export const notStarted = ({ startError }: { readonly startError: string }): Problem =>
  problem(`Internal error occurred: Internal error occurred: error executing command in container: ${startError}`);

/** The ends that a terminal has. */
export const terminalEnds = (environment: KubectlEnvironment, input: Input | undefined): Ends => ({
  input,
  stdout: (bytes) => show(environment, 'stdout', bytes),
  stderr: (bytes) => show(environment, 'stderr', bytes),
});

export const show = (environment: KubectlEnvironment, stream: 'stdout' | 'stderr', bytes: Bytes): void =>
  environment.write ? environment.write(stream, bytes) : environment[stream](textOf(bytes));

/** Standard input for -i. Where it does not come bit by bit, all of it is there at once. */
export const inputOf = ({ input, stdin }: KubectlEnvironment): Input => input?.() ?? wholeInput(utf8(stdin()));

export function wholeInput(bytes: Bytes): Input {
  let left = bytes;
  return {
    isTerminal: false,
    isOver: true,
    read() {
      const all = left;
      left = '';
      return all;
    },
    raw() {},
    close() {},
  };
}

/** Whether -t is to be had, with the input to be had it on: without a terminal there is only a word about it. */
export function terminalFor(input: Input | undefined, wanted: boolean, quiet: boolean, environment: KubectlEnvironment): boolean {
  if (!wanted || !input) return false;
  if (input.isTerminal) return true;
  if (!quiet) environment.stderr('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return false;
}

/** Of a pod that has ended. */
export const completed = (what: string, phase: string): Problem => bare(`error: cannot ${what} a container in a completed pod; current phase is ${phase}`);
