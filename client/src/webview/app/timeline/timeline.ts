// The picture: counts on top, decisions under them, pods as lanes, time at the foot.
import { html, nothing, svg } from 'lit';
import type { RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import { duration } from '../../../words/duration.ts';
import type { Page, State } from '../state.ts';
import { nowOf } from '../state.ts';
import { card } from './card.ts';
import { cursor, cursorEvents, scrubber } from './cursor.ts';
import { countsDrawing } from './draw-counts.ts';
import { lanesDrawing } from './draw-lanes.ts';
import { marksDrawing } from './draw-marks.ts';
import type { TimelineGeometry } from './layout.ts';
import { layOutTimeline } from './layout.ts';
import { legend } from './legend.ts';

export function timeline(state: State, view: RolloutView, page: Page): unknown {
  const geometry = layOutTimeline(view, state.width, nowOf(state));
  const { t } = page;
  return html`<div class="timeline">
    <svg
      width=${geometry.width}
      height=${geometry.height}
      role="group"
      aria-label=${t('Timeline of the rollout')}
      @pointermove=${cursorEvents.move(state, geometry, page)}
      @pointerdown=${cursorEvents.down(geometry, page)}
      @pointerleave=${cursorEvents.leave(state, page)}
    >
      ${patterns} ${axis(view, geometry, page)} ${countsDrawing(state, view, geometry, page)} ${lanesDrawing(view, geometry, page)}
      ${cursor(state, view, geometry)} ${marksDrawing(state, view, geometry, page)} ${scrubber(state, view, geometry, page)}
    </svg>
    ${card(state, view, geometry, page)} ${legend(state, view, page)}
  </div>`;
}

/** A starting pod is hatched, so that it is known without its colour. */
const patterns = svg`<defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" height="5" class="hatch"></rect></pattern>
</defs>`;

function axis({ timeline: { to } }: RolloutView, { ticks, frame, axisY, counts, nowX }: TimelineGeometry, { t }: Page): unknown {
  return svg`<g class="axis" aria-hidden="true">
    ${ticks.map(({ x, label }) => (label === undefined ? nothing : svg`<line class="grid" x1=${x} x2=${x} y1=${counts.top} y2=${axisY}></line>`))}
    ${to === undefined ? svg`<line class="now" x1=${nowX} x2=${nowX} y1=${counts.top} y2=${axisY}></line>` : nothing}
    <line x1=${frame.left} x2=${frame.right} y1=${axisY} y2=${axisY}></line>
    <line class="past" x1=${frame.left} x2=${nowX} y1=${axisY} y2=${axisY}></line>
    ${ticks.map(({ x, label }) => svg`<line x1=${x} x2=${x} y1=${axisY} y2=${axisY + (label === undefined ? 4 : 7)}></line>`)}
    ${ticks.map(({ x, label }) => (label === undefined ? nothing : svg`<text x=${x} y=${axisY + 21} text-anchor="middle">${duration(t, label)}</text>`))}
  </g>`;
}
