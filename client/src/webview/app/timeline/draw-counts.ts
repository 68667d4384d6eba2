import { nothing, svg } from 'lit';
import type { RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import type { Page, State } from '../state.ts';
import { nowOf } from '../state.ts';
import type { Bound, CountsGeometry } from './counts.ts';
import { countsAt } from './counts.ts';
import type { TimelineGeometry } from './layout.ts';

/** Pods and ready pods against what is allowed. The numbers at the right are those of the moment looked at. */
export function countsDrawing(state: State, view: RolloutView, { counts, frame, nowX }: TimelineGeometry, page: Page): unknown {
  const { t } = page;
  const { band, bounds, areas } = counts;
  const rolling = view.strategy === 'RollingUpdate';
  return svg`<g class="counts" role="img" aria-label=${t('At most {0} pods, at least {1} ready. Fewest ready: {2}. Most pods: {3}.', view.atMost, view.atLeast, view.timeline.fewestReady, view.timeline.mostPods)}>
    ${rolling ? svg`<rect class="band" x=${frame.left} y=${band.y} width=${frame.right - frame.left} height=${Math.max(0, band.height)}></rect>` : nothing}
    ${areas ? svg`<path class="area old" fill-rule="evenodd" d=${areas.old}></path><path class="area new" d=${areas.new}></path>` : nothing}
    ${bounds.map((bound) => boundLine(bound, frame, page))}
    <path class="line pods" d=${counts.podsLine}></path>
    <path class="line ready" d=${counts.readyLine}></path>
    ${readings(state, view, counts, nowX, page)}
  </g>`;
}

function boundLine({ y, means, pods }: Bound, { left, right }: TimelineGeometry['frame'], { t }: Page): unknown {
  const words = { atMost: t('at most {0}', pods), wanted: t('wanted {0}', pods), atLeast: t('at least {0}', pods) };
  const shown = means.includes('wanted') ? 'wanted' : means[0]!;
  return svg`<line class=${`bound ${shown}`} x1=${left} x2=${right} y1=${y} y2=${y}></line><text x=${left - 10} y=${y + 4} text-anchor="end">${words[shown]}</text>`;
}

function readings(state: State, view: RolloutView, counts: CountsGeometry, nowX: number, { t }: Page): unknown {
  const point = countsAt(view.timeline.counts, state.cursor?.at ?? nowOf(state));
  if (point === undefined) return nothing;
  const [podsY, readyY] = apart(counts.y(point.pods), counts.y(point.ready), 15);
  return svg`<text class="reading pods" x=${nowX + 10} y=${podsY + 4}>${t('{0} pods', point.pods)}</text>
    <text class="reading ready" x=${nowX + 10} y=${readyY + 4}>${t('{0} ready', point.ready)}</text>`;
}

/** Two labels that would overlap are moved apart, the upper one up and the lower one down. */
function apart(upper: number, lower: number, distance: number): readonly [number, number] {
  const missing = Math.max(0, distance - (lower - upper)) / 2;
  return [upper - missing, lower + missing];
}
