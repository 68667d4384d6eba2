// Wiring only: who is there, and who hears whom.
import type { ExtensionContext } from 'vscode';
import { Cluster } from './cluster.ts';
import { register } from './commands/commands.ts';
import { fileCommands } from './commands/file-commands.ts';
import { objectCommands } from './commands/object-commands.ts';
import { rolloutCommands } from './commands/rollout-commands.ts';
import { terminalCommands } from './commands/terminal-commands.ts';
import { timeCommands } from './commands/time-commands.ts';
import { viewCommands } from './commands/view-commands.ts';
import { keepContexts } from './contexts.ts';
import { StatusLens } from './decorations/status-lens.ts';
import { openAtFirstRollout } from './first-rollout.ts';
import { Server } from './language-client.ts';
import { ClusterTree } from './views/cluster-tree.ts';
import { FirstSave } from './views/first-save.ts';
import { Manifests } from './views/manifests.ts';
import { RolloutsTree } from './views/rollouts-tree.ts';
import { StatusBar } from './views/status-bar.ts';
import { RolloutPanel } from './webview/host/rollout-panel.ts';

let server: Server | undefined;

/** Returns at once: the server starts on the side, and everything fills in when it answers. */
export function activate(context: ExtensionContext): void {
  server = new Server(context);
  const cluster = new Cluster(server);
  const firstSave = new FirstSave(context, server);
  const manifests = new Manifests(cluster, server);
  const panel = new RolloutPanel(context, cluster, server);
  context.subscriptions.push(
    firstSave,
    new ClusterTree(cluster, firstSave),
    new RolloutsTree(cluster),
    new StatusBar(cluster, server),
    new StatusLens(cluster, server),
    manifests,
    panel,
    ...register(
      firstSave.commands,
      fileCommands(context, cluster, server),
      objectCommands(cluster, server, manifests),
      rolloutCommands(cluster, server),
      timeCommands(cluster, server),
      terminalCommands(context, server, cluster.t),
      viewCommands(cluster, panel),
    ),
    keepContexts(cluster),
  );
  openAtFirstRollout(cluster, server, panel);
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
