// Saves a cluster now and then, while it changes. A snapshot costs as much as the cluster is big, so the bigger it is the rarer it is
// taken: never more than a fiftieth of the time goes into it.

/** What is looked at; the cluster fits. */
export interface Changing {
  readonly agenda: { readonly now: number };
  readonly store: { readonly resourceVersion: number };
  /** Virtual milliseconds since an object (heartbeats and events aside) last changed. */
  readonly quietForMs: number;
}

const shortestMs = 5_000;
/** A save that takes 100 ms is followed by five seconds without one. */
const rest = 50;
/** Heartbeats alone are not worth a save, but for this often. */
const longestMs = 300_000;

export class Autosave {
  readonly #cluster: Changing;
  readonly #save: () => Promise<void>;
  readonly #complain: (problem: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #closed = false;
  #version = -1;
  /** Virtual and wall-clock milliseconds of the last save. */
  #savedAt = 0;
  #lookedAt = 0;
  #problem = '';

  /** `save` takes a snapshot at once and resolves when it is on the disk. `complain` is called once for each new problem. */
  constructor(cluster: Changing, save: () => Promise<void>, complain: (problem: string) => void) {
    this.#cluster = cluster;
    this.#save = save;
    this.#complain = complain;
    this.#schedule(shortestMs);
  }

  /** The last save. Rejects when it fails. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#saving;
    await this.#save();
  }

  #schedule(ms: number): void {
    if (!this.#closed) this.#timer = setTimeout(() => void (this.#saving = this.#saveIfChanged()), ms).unref();
  }

  async #saveIfChanged(): Promise<void> {
    const began = performance.now();
    const { agenda, store, quietForMs } = this.#cluster;
    const isNews = agenda.now - quietForMs >= this.#savedAt || began - this.#lookedAt > longestMs;
    if (store.resourceVersion === this.#version || !isNews) return this.#schedule(shortestMs);
    const [version, now] = [store.resourceVersion, agenda.now];
    try {
      await this.#save();
      [this.#version, this.#savedAt, this.#lookedAt, this.#problem] = [version, now, began, ''];
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.#problem) this.#complain(message);
      this.#problem = message;
    }
    this.#schedule(Math.max(shortestMs, (performance.now() - began) * rest));
  }
}
