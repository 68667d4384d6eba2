import { nothing, svg } from 'lit';
import type { RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import type { Page } from '../state.ts';
import type { Lane, LaneGroup } from './lanes.ts';
import { laneSizes, shortName } from './lanes.ts';
import type { TimelineGeometry } from './layout.ts';

/** Pods over time, revision by revision. */
export function lanesDrawing(view: RolloutView, { groups, frame, axisY }: TimelineGeometry, page: Page): unknown {
  const { t } = page;
  const { named } = laneSizes(view.timeline.lanes.length);
  return svg`<g class="lanes">
    ${groups.map((group) => groupDrawing(group, frame.left, named, page))}
    ${view.timeline.lanesLeftOut > 0 ? svg`<text class="dim" x=${frame.right} y=${axisY - 8} text-anchor="end">${t('{0} of {1} pods are drawn', view.timeline.lanes.length, view.timeline.lanes.length + view.timeline.lanesLeftOut)}</text>` : nothing}
  </g>`;
}

function groupDrawing({ revision, view, headingY, lanes }: LaneGroup, left: number, named: boolean, page: Page): unknown {
  const { t } = page;
  const title = t('revision {0}', revision);
  return svg`<g role="img" aria-label=${t('{0}: {1} pods', title, lanes.length)}>
    <text class="heading" x=${left} y=${headingY}>${title}<tspan class="image" dx="10">${view?.images.join(', ') ?? ''}</tspan><tspan class="hash" dx="10">${view?.replicaSet ?? ''}</tspan></text>
    ${lanes.map((lane) => laneDrawing(lane, left, named, page))}
  </g>`;
}

function laneDrawing({ pod, y, bars }: Lane, left: number, named: boolean, { set }: Page): unknown {
  const show = (event: PointerEvent) => set({ card: { pod: pod.uid, x: event.offsetX } });
  return svg`<g class="lane" @pointerenter=${show} @pointerleave=${() => set({ card: undefined })}>
    ${named ? svg`<text x=${left - 10} y=${y + 4} text-anchor="end">${shortName(pod.name)}</text>` : nothing}
    ${bars.map((bar) => svg`<rect class=${`bar ${bar.state}`} x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height} rx=${Math.min(2.5, bar.height / 2)}></rect>`)}
  </g>`;
}
