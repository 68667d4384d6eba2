// Reads that name a version which does not exist yet: they wait for it a while, as the watch cache of a real server lets them.
// Invariant: however many wait, a commit costs one comparison.
import type { Store } from '../cluster/store/store.ts';

/** As blockTimeout of the watch cache (k8s.io/apiserver). */
const longestWaitMs = 3_000;
/** More than these are answered at once: they may come again. */
const mostWaiting = 1_000;

interface Waiting {
  readonly version: number;
  readonly done: () => void;
}

export class AwaitedVersions {
  readonly #store: Pick<Store, 'resourceVersion' | 'onCommit'>;
  readonly #longestMs: number;
  readonly #waiting = new Set<Waiting>();
  /** The lowest version that somebody waits for. */
  #next = Number.POSITIVE_INFINITY;
  readonly #unsubscribe: () => void;

  constructor(store: Pick<Store, 'resourceVersion' | 'onCommit'>, longestMs = longestWaitMs) {
    this.#store = store;
    this.#longestMs = longestMs;
    this.#unsubscribe = store.onCommit(({ resourceVersion }) => {
      if (resourceVersion >= this.#next) this.#release(resourceVersion);
    });
  }

  /** Resolves when the version is there, when it has taken too long, or when `signal` says that nobody wants to know any more. */
  reach(version: number, signal: AbortSignal): Promise<void> {
    if (version <= this.#store.resourceVersion || this.#waiting.size >= mostWaiting || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(waiting);
        resolve();
      };
      const waiting: Waiting = { version, done };
      const timer = setTimeout(done, this.#longestMs);
      signal.addEventListener('abort', done);
      this.#waiting.add(waiting);
      this.#next = Math.min(this.#next, version);
    });
  }

  /** Whoever waits is answered now. */
  close(): void {
    this.#unsubscribe();
    this.#release(Number.POSITIVE_INFINITY);
  }

  #release(reached: number): void {
    this.#next = Number.POSITIVE_INFINITY;
    for (const { version, done } of this.#waiting) {
      if (version <= reached) done();
      else this.#next = Math.min(this.#next, version);
    }
  }
}
