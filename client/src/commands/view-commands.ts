// The rollout page: show it, and show what is different between two revisions.
import type { Cluster } from '../cluster.ts';
import type { RolloutPanel } from '../webview/host/rollout-panel.ts';
import { chooseDeployment, deploymentOf } from './choose.ts';
import type { CommandTable } from './commands.ts';

export function viewCommands(cluster: Cluster, panel: RolloutPanel): CommandTable {
  return {
    'drydock.showRollout': async (node) => {
      const deployment = await chooseDeployment(cluster, node, cluster.t('Show Rollout'));
      if (deployment) await panel.show(deployment.id);
    },
    'drydock.compareRevision': async (node) => {
      const deployment = deploymentOf(cluster, node);
      const row = typeof node === 'string' ? cluster.row(node) : undefined;
      if (deployment && row?.type === 'replicaSet' && row.revision !== undefined) await panel.show(deployment.id, { compare: row.revision });
    },
  };
}
