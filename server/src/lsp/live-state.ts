// How an object is, in one line for a hover.
import type { Row } from '../protocol/cluster-view.ts';

export function liveState(row: Row): string {
  switch (row.type) {
    case 'deployment': {
      const why = row.stalled ? ` · stalled: ${row.stalled.reason}` : row.paused ? ' · paused' : row.updated < row.desired ? ` · ${row.updated} updated` : '';
      return `**${row.ready} of ${row.desired} ready** · revision ${row.revision}${why}`;
    }
    case 'replicaSet':
      return `**${row.ready} of ${row.desired} ready**`;
    case 'workload':
      return row.wanted === undefined
        ? `**${row.state?.code ?? row.schedule}**`
        : `**${row.there} of ${row.wanted} ${row.kind === 'Job' ? 'completed' : 'ready'}**${row.state ? ` · ${row.state.code}` : ''}`;
    case 'pod':
      return `**${row.status}** · ${row.readyContainers} of ${row.containers} containers ready${row.node ? ` · on ${row.node}` : ''}${row.message ? `\n\n${row.message}` : ''}`;
    case 'node':
      return `**${row.health === 'ready' ? 'Ready' : 'NotReady'}** · ${row.pods} pods`;
    case 'namespace':
      return `**${row.phase}**`;
    case 'object':
      return '**In the cluster**';
  }
}
