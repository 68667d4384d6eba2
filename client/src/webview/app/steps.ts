import { html, nothing } from 'lit';
import type { Decision, RolloutView } from '../../../../server/src/protocol/rollout-view.ts';
import { duration } from '../../words/duration.ts';
import { decisionWords } from '../../words/reasons.ts';
import type { Page } from './state.ts';

/** Nobody reads more. */
const limit = 200;

/** The picture in words: every decision with its reason. For reading, and for a screen reader. */
export function steps(view: RolloutView, outside: Page): unknown {
  const { decisions, from } = view.timeline;
  const { t } = outside;
  if (decisions.length === 0) return nothing;
  return html`<details class="steps">
    <summary>${t('Every step in words')}</summary>
    <ol>
      ${decisions.slice(0, limit).map((decision) => step(decision, from, outside))}
    </ol>
    ${decisions.length > limit ? html`<p>${t('The first {0} of {1} steps.', limit, decisions.length)}</p>` : nothing}
  </details>`;
}

function step(decision: Decision, from: number, { t, set }: Page): unknown {
  const { what, why } = decisionWords(t, decision);
  const look = () => set({ cursor: { at: decision.at, pinned: true } });
  return html`<li>
    <button type="button" @click=${look}>${duration(t, decision.at - from)}</button>
    <span><strong>${what}</strong>${why.length > 0 ? html` <span class="why">${why.join(', ')}</span>` : nothing}</span>
  </li>`;
}
