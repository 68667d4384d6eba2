// One watch: a place in the commit log, and what of it this client wants to see.
//
// Invariant: nothing is queued for a client. It reads the log at its own pace, so a slow one costs no memory; when the log has
// forgotten what it has not read yet, it is told so (410) and must list again.
import type { Store } from '../../cluster/store/store.ts';
import type { KubeObject } from '../../kube/object.ts';
import { failure, type Status } from '../../kube/status.ts';
import { eventOf } from './event.ts';

export interface WatchOptions {
  /** Collection in the store: 'deployments.apps'. */
  readonly resource: string;
  readonly store: Pick<Store, 'log' | 'resourceVersion'>;
  /** Events after this version. */
  readonly from: number;
  /** Versions up to this one have no history here: a watch from before it is too old. */
  readonly compacted: number;
  readonly passes: (object: KubeObject) => boolean;
  /** What exists at the start: told as ADDED. */
  readonly initial: readonly KubeObject[];
  /** Why there is nothing to watch: told as the only event. */
  readonly problem?: Status;
  /** After the initial objects comes a bookmark that says so. */
  readonly marksInitialEnd: boolean;
  readonly bookmarks: boolean;
  /** The text of an object in the form that the client asked for; given in the order of the events. */
  readonly encode: (object: KubeObject) => string;
  /** An object with nothing but a version, in the same form. */
  readonly encodeBookmark: (resourceVersion: string, annotations?: Readonly<Record<string, string>>) => string;
  readonly timeoutMs: number;
}

const initialEnd = { 'k8s.io/initial-events-end': 'true' };

export class Watch {
  readonly #options: WatchOptions;
  #position: number;
  #initial: readonly KubeObject[];
  #told = 0;
  #marked: boolean;
  #over = false;
  /** Has read the log to its end, and has not been told of a change since. */
  #isCaughtUp = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#position = options.from;
    this.#initial = options.initial;
    this.#marked = !options.marksInitialEnd;
  }

  get resource(): string {
    return this.#options.resource;
  }

  get timeoutMs(): number {
    return this.#options.timeoutMs;
  }

  get wantsBookmarks(): boolean {
    return this.#options.bookmarks;
  }

  /** No more will come: what was last returned is the end. */
  get isOver(): boolean {
    return this.#over;
  }

  /** The next event as a line; undefined when there is none yet. */
  next(): string | undefined {
    const { encode, problem } = this.#options;
    if (problem && !this.#over) return this.#fail(problem);
    const object = this.#initial[this.#told];
    if (object) {
      this.#told++;
      return line('ADDED', encode(object));
    }
    this.#initial = [];
    this.#told = 0;
    if (!this.#marked) {
      this.#marked = true;
      return line('BOOKMARK', this.#options.encodeBookmark(String(this.#position), initialEnd));
    }
    return this.#nextChange();
  }

  /** Something of the resource has changed after version `since`, and nothing between what this watch last read and `since`. */
  wake(since: number): void {
    this.#skipTo(since);
    this.#isCaughtUp = false;
  }

  /** A bookmark at version `upTo`, for a client that has seen everything up to it: nothing of the resource changed unread before. */
  bookmark(upTo: number): string | undefined {
    // A watch of a version that does not exist yet has seen nothing.
    if (!this.#isCaughtUp || this.#over || this.#options.from > this.#options.store.resourceVersion) return undefined;
    this.#skipTo(upTo);
    return line('BOOKMARK', this.#options.encodeBookmark(String(this.#position)));
  }

  /** A quiet resource must not be read past all that happens elsewhere, nor lose its place when the log forgets that. */
  #skipTo(version: number): void {
    if (this.#isCaughtUp) this.#position = Math.max(this.#position, version);
  }

  #nextChange(): string | undefined {
    const { store, resource, passes, encode, compacted } = this.#options;
    const { log, resourceVersion: newest } = store;
    if (this.#over) return undefined;
    if (this.#position >= newest) return this.#nothing();
    if (this.#position < compacted || this.#position + 1 < log.oldest) return this.#expire(Math.max(compacted, log.oldest));
    while (this.#position < newest) {
      const commit = log.at(++this.#position);
      if (commit?.resource !== resource) continue;
      const event = eventOf(commit, passes);
      if (event) return line(event.type, encode(event.object));
    }
    return this.#nothing();
  }

  #nothing(): undefined {
    this.#isCaughtUp = true;
  }

  #fail(status: Status): string {
    this.#over = true;
    return line('ERROR', JSON.stringify(status));
  }

  #expire(oldest: number): string {
    return this.#fail(failure(410, 'Expired', `too old resource version: ${this.#position} (${oldest})`));
  }
}

const line = (type: string, object: string) => `{"type":"${type}","object":${object}}\n`;
