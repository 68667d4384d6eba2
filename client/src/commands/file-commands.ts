// Files: apply one now, try an example, turn save-to-apply off.
import type { ExtensionContext } from 'vscode';
import { ConfigurationTarget, Uri, commands, window, workspace } from 'vscode';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';
import type { CommandTable } from './commands.ts';

export function fileCommands(context: ExtensionContext, cluster: Cluster, server: Server): CommandTable {
  const { t } = cluster;
  const samples = Uri.joinPath(context.extensionUri, 'client/samples');
  return {
    'drydock.apply': async () => {
      const document = window.activeTextEditor?.document;
      if (document?.languageId !== 'yaml') return void window.showInformationMessage(t('Open a YAML file first.'));
      const { ok, message } = await server.request('drydock/apply', { uri: document.uri.toString() });
      if (ok) window.setStatusBarMessage(message.trim(), 5000);
      else void window.showErrorMessage(message.trim());
    },
    'drydock.tryExample': async () => {
      const names = (await workspace.fs.readDirectory(samples)).map(([name]) => name).filter((name) => name.endsWith('.yaml'));
      const items = await Promise.all(names.map(async (name) => ({ label: name, description: firstComment(await read(Uri.joinPath(samples, name))) })));
      const chosen = await window.showQuickPick(items, {
        title: t('Try an Example'),
        placeHolder: t('It opens in the editor. Save it to launch it.'),
        matchOnDescription: true,
      });
      if (chosen) await openExample(Uri.joinPath(samples, chosen.label), chosen.label);
    },
    'drydock.turnOffApplyOnSave': async () => {
      await workspace
        .getConfiguration('drydock')
        .update('applyOnSave', false, workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
      await commands.executeCommand('drydock.dismissHint');
    },
  };
}

/** A copy in the workspace, so that saving it asks nothing; without a workspace an unsaved document. */
async function openExample(sample: Uri, name: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content: await read(sample) }));
    return;
  }
  const copy = Uri.joinPath(folder.uri, name);
  if (!(await exists(copy))) await workspace.fs.copy(sample, copy);
  await window.showTextDocument(copy);
}

const read = async (uri: Uri): Promise<string> => new TextDecoder().decode(await workspace.fs.readFile(uri));

const exists = (uri: Uri): PromiseLike<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/** What the sample says about itself. */
const firstComment = (text: string): string => /^# (.*)$/m.exec(text)?.[1] ?? '';
