// The line discipline of a terminal between a person and a program: what is typed is shown, a line is sent when it is finished.
import type { Bytes } from './bytes.ts';
import type { Process } from './process.ts';

/** Longer lines are not taken. */
const longestLine = 4_096;

export class Terminal {
  readonly #process: Process;
  #line: Bytes = '';
  #echo: Bytes = '';
  #code: number | undefined;

  constructor(process: Process) {
    this.#process = process;
  }

  get exitCode(): number | undefined {
    return this.#code ?? this.#process.exitCode;
  }

  get wakeAt(): number | undefined {
    return this.#process.wakeAt;
  }

  write(bytes: Bytes): void {
    for (const byte of bytes) this.#type(byte);
  }

  endInput(): void {
    this.#process.endInput();
  }

  advance(now: number): { readonly stdout: Bytes; readonly stderr: Bytes } {
    const { stdout, stderr } = this.#process.advance(now);
    const echo = this.#echo;
    this.#echo = '';
    // A terminal has one output.
    return { stdout: echo + (stdout + stderr).replace(/\r?\n/g, '\r\n'), stderr: '' };
  }

  kill(): void {
    this.#process.kill();
  }

  #type(byte: Bytes): void {
    switch (byte) {
      case '\r':
      case '\n':
        this.#echo += '\r\n';
        this.#process.write(`${this.#line}\n`);
        this.#line = '';
        return;
      case '\x7f':
      case '\b':
        if (this.#line === '') return;
        this.#line = this.#line.slice(0, -1);
        this.#echo += '\b \b';
        return;
      case '\x03':
        this.#interrupt();
        return;
      case '\x04':
        if (this.#line === '') this.#process.endInput();
        return;
      default:
        if (this.#line.length >= longestLine) return;
        this.#line += byte;
        this.#echo += byte;
    }
  }

  /** Ctrl-C: a program that waits is ended. A shell at its prompt only forgets the line. */
  #interrupt(): void {
    this.#echo += '^C';
    this.#line = '';
    if (this.#process.wakeAt === undefined) {
      this.#process.write('\n');
      return;
    }
    this.#process.kill();
    this.#code = 130;
    this.#echo += '\r\n';
  }
}
