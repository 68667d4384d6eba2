import { svg } from 'lit';
import type { RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import { duration } from '../../../words/duration.ts';
import { decisionWords } from '../../../words/reasons.ts';
import type { Page, State } from '../state.ts';
import type { TimelineGeometry } from './layout.ts';
import type { Mark } from './marks.ts';

/** What the controller decided: a triangle up or down with the number of pods. Each can be focused; its card says why. */
export function marksDrawing(state: State, view: RolloutView, { marks, marksTop, frame }: TimelineGeometry, page: Page): unknown {
  return svg`<g class="marks" role="group" aria-label=${page.t('Decisions')}>
    <text x=${frame.left - 10} y=${marksTop + 26} text-anchor="end">${page.t('decisions')}</text>
    <line class="grid" x1=${frame.left} x2=${frame.right} y1=${marksTop + 22} y2=${marksTop + 22}></line>
    ${marks.map((mark) => markDrawing(mark, view, state, page))}
  </g>`;
}

function markDrawing(mark: Mark, view: RolloutView, state: State, { t, set }: Page): unknown {
  const show = () => set({ card: { mark: mark.id }, cursor: { at: mark.decisions[0]!.at, pinned: state.cursor?.pinned ?? false } });
  const pin = () => set({ card: { mark: mark.id }, cursor: { at: mark.decisions[0]!.at, pinned: true } });
  const hide = () => set({ card: undefined, ...(state.cursor?.pinned !== true && { cursor: undefined }) });
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') pin();
    else if (event.key === 'Escape') hide();
    else return;
    event.preventDefault();
  };
  return svg`<g class=${`mark ${mark.up ? 'up' : 'down'}`} transform=${`translate(${mark.x} ${mark.y})`} role="button" tabindex="0" aria-label=${label(mark, view, t)}
    @focus=${show} @blur=${hide} @pointerenter=${show} @pointerleave=${hide} @click=${pin} @keydown=${keys}>
    <rect x="-9" y="-11" width=${25 + 7 * String(mark.pods).length} height="22" rx="4"></rect>
    <path d=${mark.up ? 'M0 -5.5l6 10h-12z' : 'M0 5.5l6 -10h-12z'}></path>
    <text x="10" y="4.5">${mark.up ? '+' : '−'}${mark.pods}</text>
  </g>`;
}

function label(mark: Mark, view: RolloutView, t: Page['t']): string {
  return mark.decisions
    .map((decision) => {
      const { what, why } = decisionWords(t, decision);
      return [`${duration(t, decision.at - view.timeline.from)}: ${what}`, ...why].join(', ');
    })
    .join('. ');
}
