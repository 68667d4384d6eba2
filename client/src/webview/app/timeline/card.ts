// The card beside a mark or a lane: what happened there, and why.
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { PodLane, RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import { duration } from '../../../words/duration.ts';
import { decisionWords } from '../../../words/reasons.ts';
import type { Page, State } from '../state.ts';
import type { TimelineGeometry } from './layout.ts';
import type { Mark } from './marks.ts';

const width = 300;
/** Decisions that one card tells; the steps in words tell all. */
const limit = 5;

export function card(state: State, view: RolloutView, geometry: TimelineGeometry, page: Page): unknown {
  const { card } = state;
  if (card === undefined) return nothing;
  if ('mark' in card) {
    const mark = geometry.marks.find((candidate) => candidate.id === card.mark);
    return mark && box(mark.x + 16, mark.y + 20, geometry, markWords(mark, view, page));
  }
  const lane = geometry.groups.flatMap((group) => group.lanes).find((candidate) => candidate.pod.uid === card.pod);
  return lane && box(card.x + 14, lane.y + 16, geometry, podWords(lane.pod, view, page));
}

function box(x: number, y: number, geometry: TimelineGeometry, content: unknown): unknown {
  const left = Math.max(0, Math.min(x, geometry.width - width - 4));
  // Not by a style attribute, which the page's policy forbids.
  const place = (element: Element | undefined): void => {
    if (element instanceof HTMLElement) Object.assign(element.style, { left: `${left}px`, top: `${y}px`, width: `${width}px` });
  };
  return html`<div class="card" ${ref(place)}>${content}</div>`;
}

function markWords(mark: Mark, view: RolloutView, { t }: Page): unknown {
  return html`${mark.decisions.slice(0, limit).map((decision) => {
    const { what, why } = decisionWords(t, decision);
    return html`<p><strong>${duration(t, decision.at - view.timeline.from)} · ${what}</strong>${why.map((line) => html`<span>${line}</span>`)}</p>`;
  })}
  ${mark.decisions.length > limit ? html`<p><span>${t('and {0} more', mark.decisions.length - limit)}</span></p>` : nothing}`;
}

function podWords(pod: PodLane, view: RolloutView, { t }: Page): unknown {
  const states = { starting: t('starting'), ready: t('ready'), failing: t('failing'), stopping: t('stopping') };
  const since = (at: number) => duration(t, Math.max(0, at - view.timeline.from));
  return html`<p>
    <strong>${pod.name}</strong>
    ${pod.node === undefined ? nothing : html`<span>${t('on {0}', pod.node)}</span>`}
    ${pod.spans.map((span) => {
      const state = span.reason === undefined ? states[span.state] : `${states[span.state]} (${span.reason})`;
      return html`<span
        >${span.to === undefined ? t('{0} since {1}', state, since(span.from)) : t('{0} from {1} to {2}', state, since(span.from), since(span.to))}</span
      >`;
    })}
  </p>`;
}
