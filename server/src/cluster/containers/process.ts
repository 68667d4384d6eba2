// A program that runs in a container, from outside: bytes go in, bytes come out, and it goes on as time passes.
import { isOver, Pipe, type Program, type Wait } from './pipe.ts';
import type { Bytes } from './bytes.ts';

export interface Streams {
  readonly stdin: Pipe;
  readonly stdout: Pipe;
  readonly stderr: Pipe;
}

export const newStreams = (): Streams => ({ stdin: new Pipe(), stdout: new Pipe(), stderr: new Pipe() });

export class Process {
  readonly #program: Program;
  readonly #streams: Streams;
  #wait: Wait = {};
  #begun = false;
  readonly #onExit: ((code: number) => void) | undefined;
  /** Its exit code, once it has ended. */
  exitCode: number | undefined;

  /** `onExit`: called when it ends by itself. */
  constructor(program: Program, streams: Streams, onExit?: (code: number) => void) {
    this.#program = program;
    this.#streams = streams;
    this.#onExit = onExit;
  }

  /** Bytes for its standard input. */
  write(bytes: Bytes): void {
    this.#streams.stdin.write(bytes);
  }

  /** No more input comes. */
  endInput(): void {
    this.#streams.stdin.end();
  }

  /** Goes on as far as it can at this moment (virtual milliseconds), and returns what it has written since. */
  advance(now: number): { readonly stdout: Bytes; readonly stderr: Bytes } {
    let [stdout, stderr] = ['', ''];
    const { stdout: out, stderr: err } = this.#streams;
    do {
      while (this.exitCode === undefined && (!this.#begun || isOver(this.#wait, now))) this.#resume();
      stdout += out.read();
      stderr += err.read();
      // What it wrote is read now: it may have waited for that.
    } while (this.exitCode === undefined && stdout.length + stderr.length < mostAtOnce && isOver(this.#wait, now));
    return { stdout, stderr };
  }

  /** When it goes on by itself; undefined when it waits for input, or has ended. */
  get wakeAt(): number | undefined {
    return this.exitCode === undefined ? this.#wait.until : undefined;
  }

  /** Ends it, as a signal does. */
  kill(): void {
    this.#program.return(137);
    this.exitCode ??= 137;
  }

  #resume(): void {
    this.#begun = true;
    try {
      const step = this.#program.next();
      if (step.done) this.#end(step.value);
      else this.#wait = step.value;
    } catch (error) {
      // A script that is nested too deeply for us ends as a program does that has run out of its stack.
      if (!(error instanceof RangeError)) throw error;
      this.#streams.stderr.write('Segmentation fault\n');
      this.#end(139);
    }
  }

  #end(code: number): void {
    this.exitCode = code;
    this.#onExit?.(code);
  }
}

/** Bytes that one call returns, about. */
const mostAtOnce = 1024 * 1024;
