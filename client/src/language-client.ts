// The language server's process, and its own methods with their types.
import type { Disposable, ExtensionContext } from 'vscode';
import { window, workspace } from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from 'vscode-languageclient/node';
import type { Notifications, Requests } from '../../server/src/protocol/methods.ts';
import { readSettings } from './settings.ts';

export class Server implements Disposable {
  readonly #client: LanguageClient;
  readonly #subscriptions: Disposable[] = [];

  constructor(context: ExtensionContext) {
    const module = context.asAbsolutePath('dist/server.js');
    const server: ServerOptions = {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    };
    const options: LanguageClientOptions = {
      documentSelector: ['file', 'untitled', 'vscode-vfs'].map((scheme) => ({ scheme, language: 'yaml' })),
      initializationOptions: readSettings(),
      outputChannel: window.createOutputChannel('Drydock', { log: true }),
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    };
    this.#client = new LanguageClient('drydock', 'Drydock', server, options);
    this.#subscriptions.push(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('drydock') && this.#client.isRunning())
          void this.#client.sendNotification('workspace/didChangeConfiguration', { settings: readSettings() });
      }),
    );
  }

  /** Calls `then` whenever the server has come up: at the start, and again after a crash. */
  onUp(then: () => void): void {
    this.#subscriptions.push(this.#client.onDidChangeState(({ newState }) => newState === State.Running && then()));
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  async request<Method extends keyof Requests>(method: Method, params: Requests[Method]['params']): Promise<Requests[Method]['result']> {
    await this.#client.start(); // the same promise while it starts
    return this.#client.sendRequest<Requests[Method]['result']>(method, params);
  }

  on<Method extends keyof Notifications>(method: Method, then: (params: Notifications[Method]) => void): void {
    this.#subscriptions.push(this.#client.onNotification(method, then));
  }

  async stop(): Promise<void> {
    this.dispose();
    if (this.#client.needsStop()) await this.#client.stop();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
  }
}
