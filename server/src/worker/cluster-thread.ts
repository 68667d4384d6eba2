// The language server's hold on the worker thread: requests as promises, notifications as calls.
// Invariant: every request is answered; when the thread dies, those under way fail with a message, and the next starts a new one.
import { Worker } from 'node:worker_threads';
import type { ClusterSettings, FromWorker, WorkerMethod, WorkerNotifications, WorkerRequests } from './messages.ts';

export interface Listeners {
  notified<M extends keyof WorkerNotifications>(method: M, params: WorkerNotifications[M]): void;
  /** The thread died and took the cluster with it. */
  died(why: string): void;
}

interface Pending {
  resolve(result: never): void;
  reject(error: Error): void;
}

export class ClusterThread {
  readonly #script: URL | string;
  readonly #listeners: Listeners;
  readonly #pending = new Map<number, Pending>();
  #settings: ClusterSettings;
  #worker: Worker | undefined;
  #nextId = 1;

  /** `script`: the bundle of worker/main.ts. The thread starts with the first request. */
  constructor(script: URL | string, settings: ClusterSettings, listeners: Listeners) {
    this.#script = script;
    this.#settings = settings;
    this.#listeners = listeners;
  }

  request<M extends WorkerMethod>(method: M, params: WorkerRequests[M]['params']): Promise<WorkerRequests[M]['result']> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ id, method, params });
    });
  }

  async configure(settings: ClusterSettings): Promise<void> {
    this.#settings = settings;
    if (this.#worker) await this.request('configure', settings);
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#failPending('The cluster was stopped.');
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#settings, name: 'drydock cluster' });
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#lost(worker, error.message));
    worker.on('exit', (code) => this.#lost(worker, `it ended with code ${code}`));
    return worker;
  }

  #receive(message: FromWorker): void {
    if ('notify' in message) return this.#listeners.notified(message.notify, message.params as never);
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('error' in message) pending?.reject(new Error(message.error));
    else pending?.resolve(message.result as never);
  }

  #lost(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const message = `The cluster stopped unexpectedly: ${why}. The next save starts a new one.`;
    this.#failPending(message);
    this.#listeners.died(message);
  }

  #failPending(message: string): void {
    for (const { reject } of this.#pending.values()) reject(new Error(message));
    this.#pending.clear();
  }
}
