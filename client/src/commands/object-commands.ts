// What one can do to any object: show its manifest, copy its name, delete it.
import { env, window } from 'vscode';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';
import type { Manifests } from '../views/manifests.ts';
import { chooseDeployment } from './choose.ts';
import type { CommandTable } from './commands.ts';
import { act } from './rollout-commands.ts';

export function objectCommands(cluster: Cluster, server: Server, manifests: Manifests): CommandTable {
  const { t } = cluster;
  const rowOf = async (node: unknown, title: string) => (typeof node === 'string' ? cluster.row(node) : await chooseDeployment(cluster, undefined, title));
  return {
    'drydock.showManifest': async (node) => {
      // A row that went away meanwhile shows that it did.
      const id = typeof node === 'string' ? node : (await rowOf(node, t('Show Manifest')))?.id;
      if (id !== undefined) await manifests.show(id);
    },
    'drydock.copyName': async (node) => {
      const row = await rowOf(node, t('Copy Name'));
      if (row) await env.clipboard.writeText(row.name);
    },
    'drydock.delete': async (node) => {
      const row = await rowOf(node, t('Delete'));
      if (!row) return;
      const remove = t('Delete');
      const detail =
        row.type === 'pod' && row.parent !== undefined
          ? t('Its owner will start another one in its place.')
          : t('What it owns is deleted with it. The file that it came from stays as it is.');
      const answer = await window.showWarningMessage(t('Delete {0}?', row.name), { modal: true, detail }, remove);
      if (answer === remove) await act(server, { do: 'delete', id: row.id });
    },
  };
}
