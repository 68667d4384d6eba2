// A language client for tests: talks to the built server (dist/server.js) over IPC, as the extension does.
import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver';
import type { Notifications, Requests } from '../../server/src/protocol/methods.ts';
import { defaultSettings } from '../../server/src/protocol/settings.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: never;
  readonly result?: never;
  readonly error?: { readonly message: string };
}

const server = resolve(import.meta.dirname, '../../dist/server.js');
/** Generous, because machines are busy; nothing here waits this long when all is well. */
const patienceMs = 20_000;

export class LanguageClient {
  readonly #process: ChildProcess;
  readonly #pending = new Map<number, { resolve(result: never): void; reject(error: Error): void }>();
  readonly #heard: Message[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #versions = new Map<string, number>();
  #nextId = 1;

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.on('message', (message: Message) => this.#receive(message));
  }

  /** `speed` 'max': virtual time runs as fast as it goes. */
  static async start(settings: object = { speed: 'max' }): Promise<LanguageClient> {
    const client = new LanguageClient(fork(server, ['--node-ipc'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    await client.call('initialize', { processId: process.pid, rootUri: null, capabilities: {}, initializationOptions: { ...defaultSettings, ...settings } });
    client.tell('initialized', {});
    return client;
  }

  async stop(): Promise<void> {
    await this.call('shutdown', null);
    const exited = new Promise((done) => this.#process.once('exit', done));
    this.tell('exit', null);
    await exited;
  }

  call<T>(method: string, params: unknown): Promise<T> {
    const id = this.#nextId++;
    return new Promise((resolvePromise, reject) => {
      this.#pending.set(id, { resolve: resolvePromise, reject });
      this.#process.send({ jsonrpc: '2.0', id, method, params });
    });
  }

  ask<M extends keyof Requests>(method: M, params: Requests[M]['params']): Promise<Requests[M]['result']> {
    return this.call(method, params);
  }

  tell(method: string, params: unknown): void {
    this.#process.send({ jsonrpc: '2.0', method, params });
  }

  /** Opens a file, or replaces the text of an open one. */
  write(uri: string, text: string): void {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    if (version === 1) this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
    else this.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  /** Writes, saves, and waits for what became of it. */
  async save(uri: string, text?: string): Promise<Notifications['drydock/applied']> {
    if (text !== undefined) this.write(uri, text);
    this.#heard.length = 0;
    this.tell('textDocument/didSave', { textDocument: { uri } });
    return this.hear('drydock/applied');
  }

  /** The newest diagnostics of a file once `until` holds of them. */
  async diagnostics(uri: string, until: (diagnostics: readonly Diagnostic[]) => boolean = () => true): Promise<readonly Diagnostic[]> {
    const found = await this.#find((message) => {
      const params = message.params as { uri: string; diagnostics: Diagnostic[] } | undefined;
      return message.method === 'textDocument/publishDiagnostics' && params?.uri === uri && until(params.diagnostics) ? params.diagnostics : undefined;
    });
    return found;
  }

  hear<M extends keyof Notifications>(method: M, until: (params: Notifications[M]) => boolean = () => true): Promise<Notifications[M]> {
    return this.#find((message) =>
      message.method === method && until(message.params as unknown as Notifications[M]) ? (message.params as unknown as Notifications[M]) : undefined,
    );
  }

  async #find<T>(pick: (message: Message) => T | undefined): Promise<T> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = this.#heard
        .toReversed()
        .map(pick)
        .find((one) => one !== undefined);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error('waited in vain; heard: ' + this.#heard.map(({ method }) => method).join(' '));
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 500);
        this.#listeners.add(() => {
          clearTimeout(timer);
          done();
        });
      });
      this.#listeners.clear();
    }
  }

  #receive(message: Message): void {
    if (message.id !== undefined && this.#pending.has(message.id)) {
      const { resolve: done, reject } = this.#pending.get(message.id)!;
      this.#pending.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else done((message.result ?? null) as never);
      return;
    }
    this.#heard.push(message);
    for (const listener of this.#listeners) listener();
  }
}
