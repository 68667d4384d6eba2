// What one run of a container writes, line by line, as virtual time passes. It is played anew for whoever reads it: nothing is kept
// for containers that nobody listens to.
import type { Container, Pod } from '../../../schema/generated/types.ts';
import type { Bytes } from '../bytes.ts';
import { utf8 } from '../bytes.ts';
import type { Instance } from '../choose-container.ts';
import { withReferences } from '../environment.ts';
import type { Machine } from '../machine.ts';
import { Process, type Streams } from '../process.ts';
import { parseTime } from '../../../kube/time.ts';
import { spokenBy, endingOf } from './spoken.ts';

export interface Line {
  /** Virtual milliseconds since 1970. */
  readonly at: number;
  /** Of that millisecond: lines of one moment come one after another. */
  readonly nanos: number;
  /** With its line feed. */
  readonly bytes: Bytes;
}

/** An HTTP request that came in, as the container logs it. */
export interface Visit {
  readonly at: number;
  readonly line: string;
}

export interface OutputSource {
  readonly pod: Pod;
  readonly container: Container;
  readonly instance: Instance;
  readonly machine: Machine;
  readonly streams: Streams;
  /** Called when its main program ends by itself. */
  onExit?(code: number): void;
  /** Moves the clock of the machine. */
  setTime(at: number): void;
  /** HTTP requests that came in, from the given one on. */
  visits(from: number): readonly Visit[];
}

export interface Output {
  /** The lines up to a moment that were not returned before. `hasEnded`: the container ended then. */
  until(at: number, hasEnded: boolean): readonly Line[];
  /** When the next line may come by itself. */
  readonly nextAt: number | undefined;
}

/** A log is cut here, as the kubelet's rotation does: only the end is kept. */
const mostLines = 50_000;
/** Moments that are played in one go: what a program did before that is given up. */
const mostMoments = 100_000;
const longestWorkMs = 3_600_000;

export const newOutput = (source: OutputSource): Output => new PlayedOutput(source);

class PlayedOutput implements Output {
  readonly #source: OutputSource;
  readonly #process: Process | undefined;
  readonly #spoken: readonly { readonly at: number; readonly text: string }[];
  #said = 0;
  #visited = 0;
  #at: number;
  #rest = '';
  #written = 0;
  #told = false;

  constructor(source: OutputSource) {
    this.#source = source;
    this.#at = parseTime(source.instance.startedAt) ?? 0;
    this.#process = mainProcess(source);
    this.#spoken = this.#process ? [] : spokenBy(source);
  }

  get nextAt(): number | undefined {
    return this.#process?.wakeAt ?? this.#spoken[this.#said]?.at;
  }

  until(at: number, hasEnded: boolean): readonly Line[] {
    const lines: Line[] = [...this.#play(at, hasEnded && this.#source.instance.exitCode === 0), ...this.#speak(at), ...this.#listen(at)].sort(
      (a, b) => a.at - b.at || a.nanos - b.nanos,
    );
    if (hasEnded && !this.#told) {
      this.#told = true;
      if (this.#rest !== '') lines.push(this.#line(Math.min(this.#at, at), this.#rest));
      for (const text of endingOf(this.#source)) lines.push(this.#line(at, `${utf8(text)}\n`));
    }
    return lines.slice(-mostLines);
  }

  /** `isDone`: it did all it had to do, however long that would have taken. */
  #play(end: number, isDone: boolean): readonly Line[] {
    const process = this.#process;
    if (!process) return [];
    const lines: Line[] = [];
    const until = isDone ? end + longestWorkMs : end;
    for (let moments = 0; this.#at <= until && moments < mostMoments; moments++) {
      this.#source.setTime(this.#at);
      const { stdout, stderr } = process.advance(this.#at);
      const text = this.#rest + stdout + stderr;
      const whole = text.lastIndexOf('\n') + 1;
      this.#rest = text.slice(whole);
      for (const line of text.slice(0, whole).split('\n').slice(0, -1)) lines.push(this.#line(Math.min(this.#at, end), `${line}\n`));
      if (lines.length > 2 * mostLines) lines.splice(0, mostLines);
      const next = process.wakeAt;
      if (next === undefined || next > until) break;
      this.#at = Math.max(next, this.#at + 1);
    }
    return lines;
  }

  #speak(until: number): readonly Line[] {
    const lines: Line[] = [];
    for (let one = this.#spoken[this.#said]; one && one.at <= until; one = this.#spoken[++this.#said]) lines.push(this.#line(one.at, `${utf8(one.text)}\n`));
    return lines;
  }

  #listen(until: number): readonly Line[] {
    const visits = this.#source.visits(this.#visited).filter(({ at }) => at <= until);
    this.#visited += visits.length;
    return visits.map(({ at, line }) => this.#line(at, `${line}\n`));
  }

  #line(at: number, bytes: Bytes): Line {
    return { at, nanos: 104_729 + ((this.#written++ * 7_919) % 890_000), bytes };
  }
}

/** What the container runs, where that can be played. */
function mainProcess({ container, machine, streams, onExit }: OutputSource): Process | undefined {
  const { command = [], args = [] } = container;
  const [name, ...rest] = [...command, ...args].map((word) => utf8(withReferences(word, machine.environment)));
  if (name === undefined) return undefined;
  const program = machine.program(name, machine.workingDirectory);
  if (typeof program !== 'function') return undefined;
  if (!container.stdin) streams.stdin.end();
  return new Process(
    program({ machine, name: name.slice(name.lastIndexOf('/') + 1), args: rest, cwd: machine.workingDirectory, environment: machine.environment, ...streams }),
    streams,
    onExit,
  );
}
