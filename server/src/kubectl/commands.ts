// The commands of the built-in client. A new one is a file and one line here.
import type { Command } from './command.ts';
import { apiResources, apiVersions } from './commands/api-resources.ts';
import { apply } from './commands/apply.ts';
import { clusterInfo } from './commands/cluster-info.ts';
import { currentContext, getContexts, setContext, useContext, viewConfig } from './commands/config.ts';
import { createDeployment } from './commands/create-deployment.ts';
import { createNamespace } from './commands/create-namespace.ts';
import { create } from './commands/create.ts';
import { deleteCommand } from './commands/delete.ts';
import { describeCommand } from './commands/describe.ts';
import { get } from './commands/get.ts';
import { annotate, label } from './commands/label.ts';
import { patch } from './commands/patch.ts';
import { rolloutHistory } from './commands/rollout-history.ts';
import { rolloutPause, rolloutRestart, rolloutResume } from './commands/rollout-pause.ts';
import { rolloutStatus } from './commands/rollout-status.ts';
import { rolloutUndo } from './commands/rollout-undo.ts';
import { run } from './commands/run.ts';
import { scale } from './commands/scale.ts';
import { setEnv } from './commands/set-env.ts';
import { setImage } from './commands/set-image.ts';
import { setResources } from './commands/set-resources.ts';
import { version } from './commands/version.ts';
import { wait } from './commands/wait.ts';

const table: Readonly<Record<string, Command>> = {
  annotate,
  'api-resources': apiResources,
  'api-versions': apiVersions,
  apply,
  'cluster-info': clusterInfo,
  'config current-context': currentContext,
  'config get-contexts': getContexts,
  'config set-context': setContext,
  'config use-context': useContext,
  'config view': viewConfig,
  create,
  'create deployment': createDeployment,
  'create namespace': createNamespace,
  delete: deleteCommand,
  describe: describeCommand,
  get,
  label,
  patch,
  'rollout history': rolloutHistory,
  'rollout pause': rolloutPause,
  'rollout restart': rolloutRestart,
  'rollout resume': rolloutResume,
  'rollout status': rolloutStatus,
  'rollout undo': rolloutUndo,
  run,
  scale,
  'set env': setEnv,
  'set image': setImage,
  'set resources': setResources,
  version,
  wait,
};

export const commandNames: readonly string[] = Object.keys(table);

/** Short forms of subcommands, as the real client has them. */
const aliases: Readonly<Record<string, string>> = { 'create deploy': 'create deployment', 'create dep': 'create deployment', 'create ns': 'create namespace' };

export const commands: ReadonlyMap<string, Command> = new Map([
  ...Object.entries(table),
  ...Object.entries(aliases).map(([alias, name]) => [alias, table[name]!] as const),
]);
