// Wires the handlers to a connection. A new method is a file in handlers/ and one line here.
import type { Connection, InitializeResult } from 'vscode-languageserver';
import { TextDocumentSyncKind } from 'vscode-languageserver';
import { defaultSettings, type Settings } from '../protocol/settings.ts';
import { registerActs } from './handlers/acts.ts';
import { registerApply } from './handlers/apply.ts';
import { registerCompletion } from './handlers/completion.ts';
import { registerConfiguration } from './handlers/configuration.ts';
import { registerDocuments } from './handlers/documents.ts';
import { registerHover } from './handlers/hover.ts';
import { registerSymbols } from './handlers/symbols.ts';
import { Session } from './session.ts';

const registrations = [registerConfiguration, registerDocuments, registerApply, registerHover, registerCompletion, registerSymbols, registerActs];

/** `workerScript`: the bundle of worker/main.ts, which hosts the cluster. The client's settings come as initializationOptions. */
export function serve(connection: Connection, workerScript: URL): void {
  connection.onInitialize(({ initializationOptions }): InitializeResult => {
    const session = new Session(connection, workerScript, { ...defaultSettings, ...(initializationOptions as Partial<Settings> | undefined) });
    for (const register of registrations) register(session);
    return {
      serverInfo: { name: 'drydock' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [' '] },
        documentSymbolProvider: true,
      },
    };
  });
}
