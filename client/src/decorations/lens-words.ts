import type { DeploymentRow } from '../../../server/src/protocol/cluster-view.ts';
import type { Translate } from '../words/translate.ts';

/** '3 of 3 ready · revision 1', '1 of 3 updated · 3 ready · revision 2', 'stalled: 1 of 3 updated · ImagePullBackOff' */
export function lensWords(t: Translate, row: DeploymentRow): string {
  const { desired, ready, updated, stalled } = row;
  const revision = t('revision {0}', row.revision);
  if (stalled) return `${t('stalled: {0} of {1} updated', updated, desired)} · ${stalled.reason}`;
  if (row.paused) return `${t('paused: {0} of {1} updated', updated, desired)} · ${revision}`;
  if (updated < desired && row.revision > 1) return `${t('{0} of {1} updated', updated, desired)} · ${t('{0} ready', ready)} · ${revision}`;
  if (ready < desired) return `${t('{0} of {1} starting', desired - ready, desired)} · ${revision}`;
  return `${t('{0} of {1} ready', ready, desired)} · ${revision}`;
}
