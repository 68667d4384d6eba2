// The commands of the built-in client. A new one is a file and one line here.
import type { Command } from './command.ts';
import { apiResources, apiVersions } from './commands/api-resources.ts';
import { apply } from './commands/apply/apply.ts';
import { clusterInfo } from './commands/cluster-info.ts';
import { setLastApplied, viewLastApplied } from './commands/apply/last-applied.ts';
import { canI } from './commands/auth/can-i.ts';
import { reconcile } from './commands/auth/reconcile.ts';
import { whoAmI } from './commands/auth/whoami.ts';
import { certificateApprove, certificateDeny } from './commands/certificate.ts';
import { diff } from './commands/diff.ts';
import { edit } from './commands/edit/edit.ts';
import { editLastApplied } from './commands/edit/edit-last-applied.ts';
import { events } from './commands/events.ts';
import { explainCommand } from './commands/explain/explain.ts';
import { kustomize } from './commands/kustomize.ts';
import { cordon, uncordon } from './commands/nodes/cordon.ts';
import { drain } from './commands/nodes/drain.ts';
import { taint } from './commands/nodes/taint.ts';
import { options } from './commands/options.ts';
import { replace } from './commands/replace.ts';
import { setSelector } from './commands/set/selector.ts';
import { setServiceAccount } from './commands/set/service-account.ts';
import { setSubject } from './commands/set/subject.ts';
import { attach } from './commands/pods/attach.ts';
import { cp } from './commands/pods/cp.ts';
import { exec } from './commands/pods/exec.ts';
import { logs } from './commands/pods/logs.ts';
import { portForward } from './commands/pods/port-forward.ts';
import { top } from './commands/top.ts';
import { configCommands } from './commands/config/index.ts';
import { pluginList } from './commands/plugin-list.ts';
import { autoscale } from './commands/autoscale.ts';
import { createCommands } from './commands/create/index.ts';
import { expose } from './commands/expose.ts';
import { deleteCommand } from './commands/delete.ts';
import { describeCommand } from './commands/describe.ts';
import { get } from './commands/get.ts';
import { annotate, label } from './commands/label.ts';
import { patch } from './commands/patch.ts';
import { rolloutHistory } from './commands/rollout/history.ts';
import { rolloutPause, rolloutRestart, rolloutResume } from './commands/rollout/pause.ts';
import { rolloutStatus } from './commands/rollout/status.ts';
import { rolloutUndo } from './commands/rollout/undo.ts';
import { run } from './commands/run.ts';
import { scale } from './commands/scale.ts';
import { setEnv } from './commands/set/env.ts';
import { setImage } from './commands/set/image.ts';
import { setResources } from './commands/set/resources.ts';
import { version } from './commands/version.ts';
import { wait } from './commands/wait.ts';

const table: Readonly<Record<string, Command>> = {
  annotate,
  'api-resources': apiResources,
  'api-versions': apiVersions,
  apply,
  'apply edit-last-applied': editLastApplied,
  'apply set-last-applied': setLastApplied,
  'apply view-last-applied': viewLastApplied,
  attach,
  'auth can-i': canI,
  'auth reconcile': reconcile,
  'auth whoami': whoAmI,
  'certificate approve': certificateApprove,
  'certificate deny': certificateDeny,
  cordon,
  cp,
  diff,
  drain,
  edit,
  events,
  exec,
  explain: explainCommand,
  kustomize,
  logs,
  options,
  'plugin list': pluginList,
  'port-forward': portForward,
  replace,
  'set selector': setSelector,
  'set serviceaccount': setServiceAccount,
  'set subject': setSubject,
  taint,
  'top node': top('nodes'),
  'top pod': top('pods'),
  uncordon,
  autoscale,
  'cluster-info': clusterInfo,
  ...configCommands,
  ...createCommands,
  delete: deleteCommand,
  describe: describeCommand,
  expose,
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
const aliases: Readonly<Record<string, string>> = {
  'top no': 'top node',
  'top nodes': 'top node',
  'top po': 'top pod',
  'top pods': 'top pod',
  'create cm': 'create configmap',
  'create cj': 'create cronjob',
  'create dep': 'create deployment',
  'create deploy': 'create deployment',
  'create ing': 'create ingress',
  'create ns': 'create namespace',
  'create pc': 'create priorityclass',
  'create pdb': 'create poddisruptionbudget',
  'create resourcequota': 'create quota',
  'create sa': 'create serviceaccount',
  'create svc clusterip': 'create service clusterip',
  'create svc externalname': 'create service externalname',
  'create svc loadbalancer': 'create service loadbalancer',
  'create svc nodeport': 'create service nodeport',
};

export const commands: ReadonlyMap<string, Command> = new Map([
  ...Object.entries(table),
  ...Object.entries(aliases).map(([alias, name]) => [alias, table[name]!] as const),
]);
