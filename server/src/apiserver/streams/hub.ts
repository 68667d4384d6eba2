// All that streams beside watches: commands, connections to ports, logs that are followed. Their number is limited; they go on as time
// passes, and end when the server stops.
import type { ServerResponse } from 'node:http';
import type { LogReading } from '../../cluster/containers/log/log-reading.ts';
import { patience } from './remote.ts';

/** Something that goes on for a while. */
export interface Ongoing {
  tick(): void;
  stop(): void;
}

const most = 1_000;
/** Wall-clock milliseconds: so often what waits for virtual time looks whether it has come. */
const tickMs = 25;

export class StreamHub {
  readonly #ongoing = new Set<Ongoing>();
  #timer: NodeJS.Timeout | undefined;

  get isFull(): boolean {
    return this.#ongoing.size >= most;
  }

  add(one: Ongoing): void {
    this.#ongoing.add(one);
    this.#timer ??= setInterval(() => {
      for (const each of this.#ongoing) this.#tick(each);
    }, tickMs).unref();
  }

  /** A mistake of ours in one of them ends that one. */
  #tick(one: Ongoing): void {
    try {
      one.tick();
    } catch (error) {
      console.error(`drydock: a stream had to be ended: ${error instanceof Error ? error.message : String(error)}`);
      this.remove(one);
      one.stop();
    }
  }

  remove(one: Ongoing): void {
    this.#ongoing.delete(one);
    if (this.#ongoing.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  close(): void {
    for (const one of this.#ongoing) one.stop();
  }

  /** Writes a log as it grows, until the container ends or the client goes. */
  follow(reading: LogReading, response: ServerResponse, now: () => number): void {
    let reached = Number.NaN;
    const one: Ongoing = {
      tick() {
        if (response.writableLength > patience || now() === reached) return;
        reached = now();
        const bytes = reading.read();
        if (bytes !== '') response.write(Buffer.from(bytes, 'latin1'));
        if (reading.isOver) response.end();
      },
      stop: () => void response.end(),
    };
    response.on('close', () => this.remove(one));
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' });
    response.flushHeaders();
    this.add(one);
    one.tick();
  }
}
