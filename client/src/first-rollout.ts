// The first time in a session that a save launches a Deployment, the rollout page opens beside the editor, without taking the keyboard.
import { workspace } from 'vscode';
import type { Cluster } from './cluster.ts';
import type { Server } from './language-client.ts';
import type { RolloutPanel } from './webview/host/rollout-panel.ts';

export function openAtFirstRollout(cluster: Cluster, server: Server, panel: RolloutPanel): void {
  let done = false;
  server.on('drydock/applied', ({ uri, applied }) => void openFor(uri, applied));

  async function openFor(uri: string, applied: number): Promise<void> {
    if (done || applied === 0 || panel.isOpen || !workspace.getConfiguration('drydock').get('showFirstRollout', true)) return;
    const objects = await server.request('drydock/documents', { uri });
    const deployment = objects.map(({ id }) => id).find((id) => id.startsWith('apps/Deployment/'));
    if (deployment === undefined || done) return;
    done = true;
    await panel.show(deployment, { focus: false });
  }
}
