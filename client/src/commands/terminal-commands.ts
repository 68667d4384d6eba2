// A terminal whose kubectl talks to the cluster in the editor.
import type { ExtensionContext } from 'vscode';
import { ThemeIcon, window } from 'vscode';
import type { Server } from '../language-client.ts';
import { hasProgram, withFolder, writeAccess, writeKubectl } from '../terminal/terminal-files.ts';
import type { Translate } from '../words/translate.ts';
import type { CommandTable } from './commands.ts';

export function terminalCommands(context: ExtensionContext, server: Server, t: Translate): CommandTable {
  return {
    'drydock.openTerminal': async () => {
      const { kubeconfig } = await server.request('drydock/serve', null);
      const folder = context.globalStorageUri.fsPath;
      const { file, remove } = writeAccess(folder, kubeconfig);
      context.subscriptions.push({ dispose: remove });
      const isInstalled = hasProgram('kubectl', process.env);
      // Without a kubectl of their own, people get the built-in one.
      const tools = isInstalled ? undefined : writeKubectl(folder, context.asAbsolutePath('dist/kubectl.js'));
      const terminal = window.createTerminal({
        name: 'Drydock',
        iconPath: new ThemeIcon('server-environment'),
        env: { KUBECONFIG: file, ...(tools !== undefined && withFolder(tools, process.env)) },
        message: isInstalled
          ? t('kubectl in this terminal talks to the cluster in the editor.')
          : t('kubectl in this terminal is built in, and talks to the cluster in the editor.'),
      });
      terminal.show();
    },
  };
}
