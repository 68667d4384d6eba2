// The whole of a row, as Markdown: what its line leaves out. Made only when somebody points at it.
import type { Row } from '../../../server/src/protocol/cluster-view.ts';
import { age } from '../words/duration.ts';
import { percent } from '../words/numbers.ts';
import type { Translate } from '../words/translate.ts';
import { workloadState } from './row-words.ts';

/** `now`: virtual milliseconds. */
export function tooltip(t: Translate, row: Row, now: number): string {
  const facts = factsOf(t, row);
  if (row.createdAt > 0) facts.push([t('Age'), age(t, now - row.createdAt)]);
  const trouble = row.type === 'deployment' ? row.stalled && `${row.stalled.reason}: ${row.stalled.message}` : row.type === 'pod' ? row.message : undefined;
  return [`**${escape(row.name)}**`, ...(trouble ? [escape(trouble)] : []), facts.map(([name, value]) => `${name}: ${escape(value)}`).join('  \n')].join(
    '\n\n',
  );
}

function factsOf(t: Translate, row: Row): [string, string][] {
  const namespace: [string, string][] = row.namespace === undefined ? [] : [[t('Namespace'), row.namespace]];
  switch (row.type) {
    case 'deployment':
      return [
        ...namespace,
        [t('Ready'), t('{0} of {1}', row.ready, row.desired)],
        [t('Updated'), t('{0} of {1}', row.updated, row.desired)],
        [t('Revision'), String(row.revision)],
        [t('Images'), row.images.join(', ')],
      ];
    case 'replicaSet':
      return [
        ...namespace,
        [t('Ready'), t('{0} of {1}', row.ready, row.desired)],
        [t('Images'), row.images.join(', ')],
        ...(row.changeCause === undefined ? [] : [[t('Change cause'), row.changeCause] as [string, string]]),
      ];
    case 'workload':
      return [
        [t('Kind'), row.kind],
        ...namespace,
        ...(row.wanted === undefined
          ? []
          : [[row.kind === 'Job' ? t('Completed') : t('Ready'), t('{0} of {1}', row.there ?? 0, row.wanted)] as [string, string]]),
        ...(row.schedule === undefined ? [] : [[t('Schedule'), row.schedule] as [string, string]]),
        ...(row.state === undefined ? [] : [[t('Status'), workloadState(t, row.state)] as [string, string]]),
        [t('Images'), row.images.join(', ')],
      ];
    case 'pod':
      return [
        ...namespace,
        [t('Status'), row.status],
        [t('Containers ready'), t('{0} of {1}', row.readyContainers, row.containers)],
        [t('Restarts'), String(row.restarts)],
        [t('Node'), row.node ?? t('none')],
      ];
    case 'node':
      return [
        [t('CPU requested'), percent(t, row.cpuRequested)],
        [t('Memory requested'), percent(t, row.memoryRequested)],
        [t('Pods'), String(row.pods)],
      ];
    case 'namespace':
      return [[t('Phase'), row.phase]];
    case 'object':
      return [[t('Kind'), row.kind], ...namespace];
  }
}

const escape = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&');
