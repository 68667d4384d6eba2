// Where bytes wait between who writes and who reads them.
import type { Bytes } from './bytes.ts';

/** A writer that is this far ahead waits for its reader. */
const roomBytes = 256 * 1024;

export class Pipe {
  #bytes: Bytes = '';
  #ended = false;
  #broken = false;

  /** Nothing more is kept once the reader has gone. */
  write(bytes: Bytes): void {
    if (!this.#broken && !this.#ended) this.#bytes += bytes;
  }

  /** No more comes. */
  end(): void {
    this.#ended = true;
  }

  /** Nobody reads any more. */
  break(): void {
    this.#broken = true;
    this.#bytes = '';
  }

  /** All that is there. */
  read(): Bytes {
    const bytes = this.#bytes;
    this.#bytes = '';
    return bytes;
  }

  /** Up to and with the next line feed; at the end what is left. undefined: no whole line yet. */
  readLine(): Bytes | undefined {
    const at = this.#bytes.indexOf('\n');
    if (at < 0) return this.#ended && this.#bytes !== '' ? this.read() : undefined;
    const line = this.#bytes.slice(0, at + 1);
    this.#bytes = this.#bytes.slice(at + 1);
    return line;
  }

  /** Something to read, or the end. */
  get isReady(): boolean {
    return this.#bytes !== '' || this.#ended;
  }

  get isLineReady(): boolean {
    return this.#ended || this.#bytes.includes('\n');
  }

  get isOver(): boolean {
    return this.#ended && this.#bytes === '';
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  get hasRoom(): boolean {
    return this.#broken || this.#bytes.length < roomBytes;
  }
}

/** What a program yields when it cannot go on: until a moment, until there is something to read, or until what it wrote is read. */
export interface Wait {
  /** Virtual milliseconds since 1970. */
  readonly until?: number;
  readonly input?: Pipe;
  /** Wants a whole line of `input`. */
  readonly line?: boolean;
  readonly room?: Pipe;
}

/** A program: yields while it waits, returns its exit code. */
export type Program = Generator<Wait, number>;

export function isOver({ until, input, line, room }: Wait, now: number): boolean {
  if (until !== undefined && now >= until) return true;
  if (input && (line ? input.isLineReady : input.isReady)) return true;
  return room?.hasRoom ?? false;
}
