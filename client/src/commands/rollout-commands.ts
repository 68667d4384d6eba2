// What one can do to a Deployment: scale, restart, pause, resume, undo.
import { window } from 'vscode';
import type { Act } from '../../../server/src/protocol/methods.ts';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';
import { chooseDeployment, chooseRevision, deploymentOf } from './choose.ts';
import type { CommandTable } from './commands.ts';
import { replicasProblem } from './replicas.ts';
import { readSettings } from '../settings.ts';

/** Does it, says what kubectl would say in the status bar, and errors in a message. */
export async function act(server: Server, what: Act): Promise<boolean> {
  const { ok, message } = await server.request('drydock/act', what);
  if (ok) window.setStatusBarMessage(message.trim(), 5000);
  else void window.showErrorMessage(message.trim());
  return ok;
}

export function rolloutCommands(cluster: Cluster, server: Server): CommandTable {
  const { t } = cluster;
  return {
    'drydock.scale': async (node) => {
      const deployment = await chooseDeployment(cluster, node, t('Scale Deployment'));
      if (!deployment) return;
      const value = await window.showInputBox({
        title: t('Scale {0}', deployment.name),
        prompt: t('How many pods? Now {0} are wanted.', deployment.desired),
        value: String(deployment.desired),
        validateInput: (text) => replicasProblem(t, text, readSettings().limits.pods),
      });
      if (value !== undefined) await act(server, { do: 'scale', id: deployment.id, replicas: Number(value) });
    },
    'drydock.restart': async (node) => {
      const deployment = await chooseDeployment(cluster, node, t('Restart Deployment'));
      if (deployment) await act(server, { do: 'restart', id: deployment.id });
    },
    'drydock.pauseRollout': async (node) => {
      const deployment = await chooseDeployment(cluster, node, t('Pause Rollout'), (row) => !row.paused);
      if (deployment) await act(server, { do: 'pause', id: deployment.id });
    },
    'drydock.resumeRollout': async (node) => {
      const deployment = await chooseDeployment(cluster, node, t('Resume Rollout'), (row) => row.paused);
      if (deployment) await act(server, { do: 'resume', id: deployment.id });
    },
    'drydock.undoRollout': async (node) => {
      const deployment = await chooseDeployment(cluster, node, t('Undo Rollout'));
      const revision = deployment && (await chooseRevision(cluster, deployment, t('Undo Rollout')));
      if (deployment && revision?.revision !== undefined) await act(server, { do: 'undo', id: deployment.id, revision: revision.revision });
    },
    'drydock.undoToRevision': async (node) => {
      const deployment = deploymentOf(cluster, node);
      const row = typeof node === 'string' ? cluster.row(node) : undefined;
      if (deployment && row?.type === 'replicaSet' && row.revision !== undefined) await act(server, { do: 'undo', id: deployment.id, revision: row.revision });
    },
  };
}
