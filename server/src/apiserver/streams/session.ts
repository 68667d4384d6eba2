// A command that runs for a client: what it writes goes out, what the client types goes in, and as virtual time passes it goes on.
import { failure, type Status } from '../../kube/status.ts';
import type { Remote, RemoteEvents } from './remote.ts';

/** A process, a terminal, or a log that is followed. */
export interface Runner {
  readonly exitCode: number | undefined;
  readonly wakeAt: number | undefined;
  write(bytes: string): void;
  endInput(): void;
  advance(now: number): { readonly stdout: string; readonly stderr: string };
  kill(): void;
}

/** Input that a command has not read yet; more ends it. */
const mostInput = 64 * 1024 * 1024;

export class Session implements RemoteEvents {
  readonly #runner: Runner;
  readonly #now: () => number;
  readonly #onEnd: () => void;
  #remote: Remote | undefined;
  #taken = 0;
  #isOver = false;
  readonly #tellsExit: boolean;
  #reached = Number.NaN;

  /** `tellsExit`: whether the client is told the exit code; who only takes part is not. */
  constructor(runner: Runner, tellsExit: boolean, now: () => number, onEnd: () => void) {
    this.#tellsExit = tellsExit;
    this.#runner = runner;
    this.#now = now;
    this.#onEnd = onEnd;
  }

  /** Begins. */
  start(remote: Remote): void {
    this.#remote = remote;
    this.flow();
  }

  /** Goes on, if time has passed. */
  tick(): void {
    if (this.#now() !== this.#reached) this.flow();
  }

  readonly onInput = (bytes: Buffer): void => {
    this.#taken += bytes.length;
    if (this.#taken > mostInput) return this.#end(failure(413, 'RequestEntityTooLarge', `a command takes ${mostInput} bytes of input at most`));
    this.#runner.write(bytes.toString('latin1'));
    this.flow();
  };

  readonly onInputEnd = (): void => {
    this.#runner.endInput();
    this.flow();
  };

  readonly onClose = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#runner.kill();
    this.#onEnd();
  };

  flow(): void {
    const remote = this.#remote;
    if (!remote || this.#isOver || remote.isBlocked) return;
    this.#reached = this.#now();
    const { stdout, stderr } = this.#runner.advance(this.#reached);
    if (stdout !== '') remote.send('stdout', Buffer.from(stdout, 'latin1'));
    if (stderr !== '') remote.send('stderr', Buffer.from(stderr, 'latin1'));
    const { exitCode } = this.#runner;
    if (exitCode !== undefined) this.#end(exitCode === 0 || !this.#tellsExit ? success : exited(exitCode));
  }

  /** The server stops. */
  stop(): void {
    this.#end(failure(500, 'InternalError', 'the server is shutting down'));
  }

  #end(status: Status): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#runner.kill();
    this.#remote?.finish(status);
    this.#onEnd();
  }
}

const success: Status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 200 };

const exited = (code: number): Status => ({
  ...failure(0, 'NonZeroExitCode', `command terminated with non-zero exit code: exit status ${code}`, {
    causes: [{ reason: 'ExitCode', message: String(code) }],
  }),
});
