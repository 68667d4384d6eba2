// A log as it is read: the lines that were asked for, and then those that come.
import type { Bytes } from '../bytes.ts';
import { stamp } from './stamp.ts';
import type { LogOptions } from './options.ts';
import type { Line, Output } from './output.ts';

export type { LogOptions } from './options.ts';

export class LogReading {
  readonly #output: Output | undefined;
  readonly #options: LogOptions;
  readonly #now: () => number;
  readonly #endOf: () => number | undefined;
  readonly #since: number;
  #begun = false;
  #left: number;
  #isOver = false;

  /** `endOf`: when the container has ended; undefined while it runs. Without an `output` there is nothing to read. */
  constructor(output: Output | undefined, options: LogOptions, now: () => number, endOf: () => number | undefined = () => undefined) {
    this.#output = output;
    this.#options = options;
    this.#now = now;
    this.#endOf = endOf;
    this.#left = options.limitBytes ?? Number.POSITIVE_INFINITY;
    this.#since = options.sinceTime ?? (options.sinceSeconds === undefined ? Number.NEGATIVE_INFINITY : now() - options.sinceSeconds * 1_000);
  }

  /** What there is now and was not returned before. */
  read(): Bytes {
    if (!this.#output || this.#isOver) {
      this.#isOver = true;
      return '';
    }
    const end = this.#endOf();
    const lines = this.#output.until(Math.min(end ?? Number.POSITIVE_INFINITY, this.#now()), end !== undefined);
    const text = this.#textOf(this.#begun ? lines : this.#first(lines));
    this.#begun = true;
    this.#isOver = !this.#options.follow || end !== undefined || this.#left <= 0;
    return text;
  }

  /** Nothing more will come. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** When there may be more without anybody doing anything. */
  get wakeAt(): number | undefined {
    return this.#isOver ? undefined : this.#output?.nextAt;
  }

  /** The tail is counted before what is too old is left out. */
  #first(lines: readonly Line[]): readonly Line[] {
    const { tailLines } = this.#options;
    return tailLines === undefined ? lines : tailLines === 0 ? [] : lines.slice(-tailLines);
  }

  #textOf(lines: readonly Line[]): Bytes {
    let text = '';
    for (const { at, nanos, bytes } of lines) {
      if (at < this.#since) continue;
      text += this.#options.timestamps ? `${stamp(at, nanos)} ${bytes}` : bytes;
    }
    const cut = text.slice(0, this.#left);
    this.#left -= cut.length;
    return cut;
  }
}
