// The moment looked at: a line through the whole picture, moved by the pointer or by the keys of the slider at its foot.
import { nothing, svg } from 'lit';
import type { RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import { duration } from '../../../words/duration.ts';
import type { Page, State } from '../state.ts';
import { nowOf } from '../state.ts';
import { countsAt } from './counts.ts';
import type { TimelineGeometry } from './layout.ts';

export const cursorEvents = {
  move:
    (state: State, geometry: TimelineGeometry, { set }: Page) =>
    (event: PointerEvent) => {
      const dragging = event.buttons === 1;
      const isMark = event.target instanceof Element && event.target.closest('.mark') !== null; // a mark shows its own moment
      if (isMark || !inPlot(event, geometry) || (state.cursor?.pinned === true && !dragging)) return;
      set({ cursor: { at: geometry.momentAt(event.offsetX), pinned: dragging } });
    },
  down:
    (geometry: TimelineGeometry, { set }: Page) =>
    (event: PointerEvent) => {
      if (inPlot(event, geometry)) set({ cursor: { at: geometry.momentAt(event.offsetX), pinned: true } });
      else set({ cursor: undefined });
    },
  leave:
    (state: State, { set }: Page) =>
    () => {
      if (state.cursor?.pinned === false) set({ cursor: undefined });
    },
};

const inPlot = (event: PointerEvent, { frame, nowX }: TimelineGeometry): boolean =>
  event.offsetX >= frame.left - 4 && event.offsetX <= Math.min(frame.right, nowX) + 8;

export function cursor(state: State, view: RolloutView, geometry: TimelineGeometry): unknown {
  if (!state.cursor) return nothing;
  const { counts, frame, axisY } = geometry;
  const x = frame.x(state.cursor.at);
  const point = countsAt(view.timeline.counts, state.cursor.at);
  return svg`<g class="cursor" aria-hidden="true">
    <line x1=${x} x2=${x} y1=${counts.top - 8} y2=${axisY}></line>
    ${point === undefined ? nothing : svg`<circle class="pods" cx=${x} cy=${counts.y(point.pods)} r="3.5"></circle><circle class="ready" cx=${x} cy=${counts.y(point.ready)} r="3.5"></circle>`}
  </g>`;
}

/** A slider for the keyboard: arrows go from change to change, Home and End to the first and the last, Escape lets go. */
export function scrubber(state: State, view: RolloutView, { frame, axisY, nowX }: TimelineGeometry, { t, set }: Page): unknown {
  const { timeline } = view;
  const at = state.cursor?.at ?? nowOf(state);
  const x = state.cursor ? frame.x(at) : nowX;
  const point = countsAt(timeline.counts, at);
  const words = t('{0}: {1} pods, {2} ready', duration(t, Math.max(0, at - timeline.from)), point?.pods ?? 0, point?.ready ?? 0);
  const keys = (event: KeyboardEvent) => {
    const next = moved(event.key, view, at);
    if (next === undefined && event.key !== 'Escape') return;
    set({ cursor: next === undefined ? undefined : { at: next, pinned: true } });
    event.preventDefault();
  };
  return svg`<g class="scrubber" role="slider" tabindex="0" aria-label=${t('Moment')} aria-valuemin="0" aria-valuemax=${Math.round((timeline.to ?? timeline.now) - timeline.from)}
    aria-valuenow=${Math.max(0, Math.round(at - timeline.from))} aria-valuetext=${words} transform=${`translate(${x} ${axisY})`} @keydown=${keys}>
    <circle r="6"></circle>
    ${state.cursor ? svg`<g class="flag" transform=${`translate(${Math.max(frame.left + 30 - x, Math.min(frame.right - 30 - x, 0))} 20)`}><rect x="-32" y="-11" width="64" height="20" rx="4"></rect><text text-anchor="middle" y="3.5">${duration(t, Math.max(0, at - timeline.from))}</text></g>` : nothing}
  </g>`;
}

function moved(key: string, view: RolloutView, at: number): number | undefined {
  const { timeline } = view;
  const changes = [...timeline.counts, ...timeline.decisions].map((change) => change.at).filter((moment) => moment >= timeline.from);
  const moments = [...new Set([...changes, timeline.to ?? timeline.now])].sort((a, b) => a - b);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return moments.find((moment) => moment > at) ?? moments.at(-1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return moments.findLast((moment) => moment < at) ?? moments[0];
    case 'Home':
      return moments[0];
    case 'End':
      return moments.at(-1);
    default:
      return undefined;
  }
}
