// What one can do to a Deployment, and to what is like one: scale, restart, pause, resume, undo.
import { window } from 'vscode';
import type { Act } from '../../../server/src/protocol/methods.ts';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';
import { chooseDeployment, chooseRevision, deploymentOf, workloadOf } from './choose.ts';
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
      const row = workloadOf(cluster, node) ?? (await chooseDeployment(cluster, node, t('Scale')));
      if (!row) return;
      const wanted = row.type === 'workload' ? (row.wanted ?? 0) : row.desired;
      const value = await window.showInputBox({
        title: t('Scale {0}', row.name),
        prompt: t('How many pods? Now {0} are wanted.', wanted),
        value: String(wanted),
        validateInput: (text) => replicasProblem(t, text, readSettings().limits.pods),
      });
      if (value !== undefined) await act(server, { do: 'scale', id: row.id, replicas: Number(value) });
    },
    'drydock.restart': async (node) => {
      const row = workloadOf(cluster, node) ?? (await chooseDeployment(cluster, node, t('Restart Rollout')));
      if (row) await act(server, { do: 'restart', id: row.id });
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
