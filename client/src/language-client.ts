// The language server's process, and its own methods with their types.
import type { Disposable, ExtensionContext } from 'vscode';
import { EventEmitter, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Notifications, Requests } from '../../server/src/protocol/methods.ts';
import { readSettings } from './settings.ts';

export class Server implements Disposable {
  readonly #client: Promise<LanguageClient>;
  readonly #up = new EventEmitter<void>();
  readonly #listeners = new Map<string, ((params: never) => void)[]>();
  readonly #subscriptions: Disposable[] = [this.#up];

  /** Calls its listeners whenever the server has come up: at the start, and again after a crash. */
  readonly onUp = this.#up.event;

  /** Starts at once; whoever listens must say so before this turn of the event loop ends. */
  constructor(context: ExtensionContext) {
    this.#client = this.#start(context);
    this.#client.catch(() => undefined); // the language client has shown why
  }

  async request<Method extends keyof Requests>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']> {
    const client = await this.#client;
    return client.sendRequest<Requests[Method]['result']>(method, params);
  }

  on<Method extends keyof Notifications>(method: Method, tell: (params: Notifications[Method]) => void): void {
    this.#listeners.set(method, [...(this.#listeners.get(method) ?? []), tell]);
  }

  async stop(): Promise<void> {
    this.dispose();
    const client = await this.#client;
    if (client.needsStop()) await client.stop();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
  }

  async #start(context: ExtensionContext): Promise<LanguageClient> {
    // Three quarters of the time that loading the extension takes go into this package, and activation need not wait for it.
    const { LanguageClient, RevealOutputChannelOn, State, TransportKind } = await import('vscode-languageclient/node');
    const run = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
    const client = new LanguageClient(
      'drydock',
      'Drydock',
      { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
      {
        documentSelector: ['file', 'untitled', 'vscode-vfs'].map((scheme) => ({ scheme, language: 'yaml' })),
        initializationOptions: readSettings(),
        outputChannel: window.createOutputChannel('Drydock', { log: true }),
        revealOutputChannelOn: RevealOutputChannelOn.Never,
      },
    );
    // The client keeps one handler a method: a second would silence the first.
    for (const [method, listeners] of this.#listeners)
      this.#subscriptions.push(client.onNotification(method, (params: unknown) => listeners.forEach((tell) => tell(params as never))));
    this.#subscriptions.push(
      client.onDidChangeState(({ newState }) => newState === State.Running && this.#up.fire()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('drydock') && client.isRunning())
          void client.sendNotification('workspace/didChangeConfiguration', { settings: readSettings() });
      }),
    );
    await client.start();
    return client;
  }
}
