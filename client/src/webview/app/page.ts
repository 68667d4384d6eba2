import { html, nothing } from 'lit';
import type { RolloutView } from '../../../../server/src/protocol/rollout-view.ts';
import { headline } from '../../words/headline.ts';
import { header } from './header.ts';
import { history } from './history.ts';
import type { Page, State } from './state.ts';
import { nowOf } from './state.ts';
import { steps } from './steps.ts';
import { timeline } from './timeline/timeline.ts';

/** The whole page follows from the state. */
export function page(state: State, outside: Page): unknown {
  const { t } = outside;
  if (state.view === undefined) return nothing;
  if (state.view === null) return html`<p class="empty">${t('No Deployment is followed. Save a manifest to launch it.')}</p>`;
  const words = headline(t, state.view, nowOf(state));
  return html`
    ${header(state, state.view, outside)}
    <p class="headline" data-state=${state.view.state} title=${state.view.stalled?.message ?? nothing}>
      <strong>${words.lead}</strong> ${words.rest.join(' ')} ${wayOut(state.view, outside)}
    </p>
    <p class="spoken" role="status" aria-live="polite">${spoken(state, outside)}</p>
    <div class="columns">
      <section class="picture">${timeline(state, state.view, outside)} ${steps(state.view, outside)}</section>
      ${history(state, state.view, outside)}
    </div>
  `;
}

/** A stalled rollout can always go back. */
function wayOut(view: RolloutView, { t, send }: Page): unknown {
  const before = view.revisions.find(({ revision }) => revision < view.currentRevision);
  if (view.state !== 'stalled' || !before) return nothing;
  return html`<vscode-button @click=${() => send({ type: 'undo', revision: before.revision })}>${t('Undo to revision {0}', before.revision)}</vscode-button>`;
}

/** What a screen reader hears: only what a step of the rollout changes, not the seconds that pass. */
function spoken({ view }: State, { t }: Page): string {
  if (!view) return '';
  const { lead } = headline(t, view, view.timeline.now);
  return view.timeline.to === undefined ? lead : `${lead} ${t('{0} of {1} ready.', view.ready, view.desired)}`;
}
