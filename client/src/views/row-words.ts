// A row in words: what its line says, what it says to a screen reader, and which icon tells its health.
// Invariant: colour tells readiness and nothing else; what it tells is said in words and by the icon's shape as well.
import type { DeploymentRow, Health, NodeRow, PodRow, ReplicaSetRow, Row, WorkloadRow } from '../../../server/src/protocol/cluster-view.ts';
import { age } from '../words/duration.ts';
import { percent, podsMade } from '../words/numbers.ts';
import type { Translate } from '../words/translate.ts';

export interface RowWords {
  readonly label: string;
  /** What a person wants to know next: how many, since when, why not. */
  readonly description: string;
  readonly icon: Icon;
  /** For a screen reader: kind and whole name, then the description. */
  readonly spoken: string;
  /** Names the actions that fit, for `when` clauses: 'deployment.paused'. */
  readonly context: string;
}

export interface Icon {
  /** Of the codicons. */
  readonly name: string;
  /** A theme colour. */
  readonly color?: string;
}

/** `now`: virtual milliseconds. */
export function rowWords(t: Translate, row: Row, now: number): RowWords {
  const words = wordsByType(t, row, now);
  return row.deletingSince === undefined || row.type === 'pod'
    ? words
    : { ...words, description: t('deleting for {0}', age(t, now - row.deletingSince)), icon: healthIcon('stopping') };
}

function wordsByType(t: Translate, row: Row, now: number): RowWords {
  switch (row.type) {
    case 'deployment':
      return deploymentWords(t, row);
    case 'replicaSet':
      return replicaSetWords(t, row);
    case 'workload':
      return workloadWords(t, row);
    case 'pod':
      return podWords(t, row, now);
    case 'node':
      return nodeWords(t, row);
    case 'namespace':
      return plain(row.name, row.phase === 'Terminating' ? t('terminating') : '', 'symbol-namespace', t('Namespace'), 'namespace');
    case 'object':
      return plain(row.name, row.kind, kindIcons[row.kind] ?? 'symbol-object', row.kind, 'object');
  }
}

function deploymentWords(t: Translate, row: DeploymentRow): RowWords {
  const { desired, ready, updated } = row;
  const parts = [t('{0}/{1}', ready, desired)];
  if (row.stalled) parts.push(row.stalled.reason);
  else if (row.paused) parts.push(t('paused'));
  else if (row.health === 'progressing' && updated < desired) parts.push(t('{0} updated', updated));
  parts.push(...row.images);
  const description = parts.join(' · ');
  return {
    label: row.name,
    description,
    icon: healthIcon(row.health),
    spoken: [t('Deployment {0}', row.name), t('{0} of {1} ready', ready, desired), ...parts.slice(1)].join(', '),
    context: row.paused ? 'deployment.paused' : 'deployment',
  };
}

function replicaSetWords(t: Translate, row: ReplicaSetRow): RowWords {
  const { desired, ready, current, revision, hash } = row;
  const label = revision === undefined ? row.name : t('revision {0}', revision);
  const counts = desired === 0 && ready === 0 ? [] : [t('{0}/{1}', ready, desired)];
  const role = revision === undefined ? [] : current ? [t('current')] : desired === 0 && ready === 0 ? [...row.images] : [t('previous')];
  const description = [...counts, ...role, ...(revision === undefined || hash === undefined ? [] : [hash])].join(' · ');
  return {
    label,
    description,
    icon: healthIcon(row.health),
    spoken: [t('ReplicaSet {0}', row.name), ...(revision === undefined ? [] : [label]), t('{0} of {1} ready', ready, desired), ...role].join(', '),
    context: revision === undefined ? 'replicaSet' : current ? 'revision.current' : 'revision.previous',
  };
}

function workloadWords(t: Translate, row: WorkloadRow): RowWords {
  const { kind, wanted, there = 0, state, schedule } = row;
  const parts = [
    ...(wanted === undefined ? [] : [t('{0}/{1}', there, wanted)]),
    ...(schedule === undefined ? [] : [schedule]),
    ...(state === undefined ? [] : [workloadState(t, state)]),
    ...row.images,
  ];
  const counted = wanted === undefined ? [] : [kind === 'Job' ? t('{0} of {1} completed', there, wanted) : t('{0} of {1} ready', there, wanted)];
  return {
    label: row.name,
    description: [kind, ...parts].join(' · '),
    icon: healthIcon(row.health),
    spoken: [`${kind} ${row.name}`, ...counted, ...parts.slice(counted.length)].join(', '),
    context: `workload.${kind}`,
  };
}

export function workloadState(t: Translate, { code, reason }: NonNullable<WorkloadRow['state']>): string {
  switch (code) {
    case 'complete':
      return t('completed');
    case 'suspended':
      return t('suspended');
    case 'failed':
      return reason || t('failed');
  }
}

function podWords(t: Translate, row: PodRow, now: number): RowWords {
  const state = { ready: t('ready'), progressing: t('starting'), failing: row.status, stopping: t('stopping'), idle: t('completed') }[row.health];
  const parts = [
    `${state} ${age(t, now - row.since)}`,
    ...(row.restarts > 0 ? [row.restarts === 1 ? t('1 restart') : t('{0} restarts', row.restarts)] : []),
    row.node ?? t('on no node'),
  ];
  const description = parts.join(' · ');
  return { label: shortPodName(row), description, icon: healthIcon(row.health), spoken: [t('Pod {0}', row.name), ...parts].join(', '), context: 'pod' };
}

function nodeWords(t: Translate, row: NodeRow): RowWords {
  const trouble = [...(row.health === 'ready' ? [] : [t('not ready')]), ...(row.unschedulable ? [t('unschedulable')] : [])];
  const cpu = t('cpu {0}', percent(t, row.cpuRequested));
  const pods = podsMade(t, row.pods);
  return {
    label: row.name,
    description: [...trouble, `${bar(row.cpuRequested)} ${cpu}`, pods].join(' · '),
    icon: { ...healthIcon(row.health), name: row.health === 'ready' ? 'server' : 'error' },
    spoken: [t('Node {0}', row.name), ...trouble, cpu, pods].join(', '),
    context: row.unschedulable ? 'node.unschedulable' : 'node',
  };
}

function plain(label: string, description: string, icon: string, kind: string, context: string): RowWords {
  return {
    label,
    description,
    icon: { name: icon },
    spoken: [`${kind} ${label}`, ...(description === '' || description === kind ? [] : [description])].join(', '),
    context,
  };
}

/** The last part of a generated name tells pods of one ReplicaSet apart: 'web-7bf986f9cf-x4k2p' → '…-x4k2p'. The row above has the rest. */
function shortPodName(row: PodRow): string {
  const [, suffix] = /-([a-z0-9]{5})$/.exec(row.name) ?? [];
  return row.parent === undefined || suffix === undefined ? row.name : `…-${suffix}`;
}

const eighths = '▁▂▃▄▅▆▇█';

/** A share from 0 to 1 as one character. */
export const bar = (share: number): string => eighths[Math.max(0, Math.min(7, Math.ceil(share * 8) - 1))] ?? '▁';

/** A filled circle is ready, a hollow one not yet, a crossed one failed. */
export function healthIcon(health: Health): Icon {
  switch (health) {
    case 'ready':
      return { name: 'circle-filled', color: 'charts.green' };
    case 'progressing':
      return { name: 'circle-outline', color: 'charts.yellow' };
    case 'failing':
      return { name: 'error', color: 'charts.red' };
    case 'stopping':
      return { name: 'circle-slash', color: 'disabledForeground' };
    case 'idle':
      return { name: 'circle-outline', color: 'disabledForeground' };
  }
}

const kindIcons: Readonly<Record<string, string>> = {
  Service: 'globe',
  Ingress: 'globe',
  ConfigMap: 'symbol-key',
  Secret: 'key',
  ServiceAccount: 'account',
  PersistentVolumeClaim: 'database',
  PersistentVolume: 'database',
};
