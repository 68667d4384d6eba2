// Save means apply, and says so once: a row at the top of the Cluster view after the first save that changed the cluster.
import type { Disposable, ExtensionContext } from 'vscode';
import { EventEmitter } from 'vscode';
import type { CommandTable } from '../commands/commands.ts';
import type { Server } from '../language-client.ts';

const toldKey = 'toldThatSavingApplies';

export class FirstSave implements Disposable {
  readonly #changes = new EventEmitter<void>();
  #isShown = false;

  readonly onChange = this.#changes.event;

  constructor({ globalState }: ExtensionContext, server: Server) {
    server.on('drydock/applied', ({ applied }) => {
      if (applied === 0 || globalState.get(toldKey, false)) return;
      void globalState.update(toldKey, true);
      this.#show(true);
    });
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  get commands(): CommandTable {
    return { 'drydock.dismissHint': () => this.#show(false) };
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #show(isShown: boolean): void {
    this.#isShown = isShown;
    this.#changes.fire();
  }
}
