import type { RolloutView } from '../../../server/src/protocol/rollout-view.ts';
import type { Translate } from './translate.ts';

/** 'rolling update, max surge 25 % (2), max unavailable 1' */
export function strategyWords(t: Translate, view: RolloutView): string {
  if (view.strategy === 'Recreate') return t('recreate: all old pods stop first');
  const surge = bound(view.maxSurge, view.atMost - view.desired);
  const unavailable = bound(view.maxUnavailable, view.desired - view.atLeast);
  return t('rolling update, max surge {0}, max unavailable {1}', surge, unavailable);
}

/** A percentage is followed by what it comes to. */
const bound = (written: number | string | undefined, pods: number): string =>
  typeof written === 'string' && written.endsWith('%') ? `${written} (${pods})` : String(written ?? pods);

export function stateWords(t: Translate, state: RolloutView['state']): string {
  return { complete: t('complete'), progressing: t('rolling out'), paused: t('paused'), stalled: t('stalled') }[state];
}
