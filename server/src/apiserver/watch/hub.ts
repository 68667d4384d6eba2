// The open watches and their connections: wakes them after commits, once a turn, and ends them in time.
import type { ServerResponse } from 'node:http';
import type { Store } from '../../cluster/store/store.ts';
import type { Watch } from './watch.ts';

/** A client with more than this is at fault, or many clients are: they get 429. */
export const maxWatches = 10_000;
const bookmarkEveryMs = 60_000;
/** Lines are gathered up to about this many characters before they are written. */
const chunkLength = 64 * 1024;

export class WatchHub {
  readonly #store: Store;
  readonly #limit: number;
  /** By what they watch: a change costs those nothing that watch something else. */
  readonly #connections = new Map<string, Set<Connection>>();
  #count = 0;
  readonly #unsubscribe: () => void;
  readonly #bookmarks: NodeJS.Timeout;
  /** What has changed after version `#told`; up to there, every connection was woken. */
  readonly #changed = new Set<string>();
  #told: number;
  #woken = false;

  constructor(store: Store, limit = maxWatches) {
    this.#store = store;
    this.#limit = limit;
    this.#told = store.resourceVersion;
    this.#unsubscribe = store.onCommit(({ resource }) => {
      this.#changed.add(resource);
      if (this.#woken) return;
      this.#woken = true;
      setImmediate(() => this.#wake());
    });
    this.#bookmarks = setInterval(() => this.#each((connection) => connection.bookmark(this.#told)), bookmarkEveryMs).unref();
  }

  get isFull(): boolean {
    return this.#count >= this.#limit;
  }

  open(watch: Watch, response: ServerResponse): void {
    const alike = this.#connections.get(watch.resource) ?? new Set();
    this.#connections.set(watch.resource, alike);
    const connection = new Connection(watch, response, () => {
      if (alike.delete(connection)) this.#count--;
    });
    alike.add(connection);
    this.#count++;
    connection.flow();
  }

  close(): void {
    this.#unsubscribe();
    clearInterval(this.#bookmarks);
    this.#each((connection) => connection.end());
  }

  #wake(): void {
    this.#woken = false;
    const since = this.#told;
    this.#told = this.#store.resourceVersion;
    for (const resource of this.#changed) for (const connection of this.#connections.get(resource) ?? []) connection.wake(since);
    this.#changed.clear();
  }

  #each(act: (connection: Connection) => void): void {
    for (const alike of this.#connections.values()) for (const connection of alike) act(connection);
  }
}

class Connection {
  readonly watch: Watch;
  readonly #response: ServerResponse;
  readonly #timeout: NodeJS.Timeout;
  #blocked = false;

  constructor(watch: Watch, response: ServerResponse, onClose: () => void) {
    this.watch = watch;
    this.#response = response;
    this.#timeout = setTimeout(() => this.#finish(), watch.timeoutMs).unref();
    response.on('drain', () => {
      this.#blocked = false;
      this.flow();
    });
    response.on('close', () => {
      clearTimeout(this.#timeout);
      onClose();
    });
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
    response.flushHeaders();
  }

  wake(since: number): void {
    this.watch.wake(since);
    this.flow();
  }

  /** Writes what there is, until the socket has enough. */
  flow(): void {
    while (!this.#blocked && !this.#response.writableEnded) {
      const chunk = this.#chunk();
      if (chunk === '') break;
      this.#blocked = !this.#response.write(chunk);
    }
    if (this.watch.isOver) this.end();
  }

  bookmark(upTo: number): void {
    if (!this.watch.wantsBookmarks || this.#blocked) return;
    const line = this.watch.bookmark(upTo);
    if (line !== undefined) this.#blocked = !this.#response.write(line);
  }

  end(): void {
    this.#response.end();
  }

  #chunk(): string {
    let chunk = '';
    while (chunk.length < chunkLength) {
      const line = this.watch.next();
      if (line === undefined) break;
      chunk += line;
    }
    return chunk;
  }

  /** In good time: what is there, and where to go on from. */
  #finish(): void {
    this.flow();
    this.bookmark(0);
    this.end();
  }
}
