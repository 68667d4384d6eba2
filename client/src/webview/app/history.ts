// The revisions, newest first, and what is different between two of them.
import { html, nothing } from 'lit';
import type { RevisionView, RolloutView } from '../../../../server/src/protocol/rollout-view.ts';
import { age } from '../../words/duration.ts';
import type { Difference } from './difference.ts';
import { differences } from './difference.ts';
import type { Page, State } from './state.ts';
import { comparedOf, nowOf } from './state.ts';

export function history(state: State, view: RolloutView, outside: Page): unknown {
  const { t } = outside;
  return html`<aside aria-label=${t('History')}>
    <h2>${t('History')}</h2>
    <ol class="revisions">
      ${view.revisions.map((revision) => entry(state, view, revision, outside))}
    </ol>
    ${difference(state, view, outside)}
  </aside>`;
}

function entry(state: State, view: RolloutView, revision: RevisionView, outside: Page): unknown {
  const { t } = outside;
  const past = nowOf(state) - revision.since;
  const compared = comparedOf(state)?.includes(revision.revision);
  return html`<li class=${revision.current ? 'revision current' : 'revision'} ?data-compared=${compared}>
    <p class="name"><strong>${t('revision {0}', revision.revision)}</strong> <span class="age">${past < 1000 ? t('now') : t('{0} ago', age(t, past))}</span></p>
    <p class="image">${revision.images.join(', ')}</p>
    ${revision.changeCause ? html`<p class="cause" title=${revision.changeCause}>${revision.changeCause}</p>` : nothing}
    <p class="links">
      <span class="pods"
        >${revision.current ? t('current') : ''}${revision.current && revision.desired > 0 ? ' · ' : ''}${revision.desired > 0 ? t('{0} of {1} ready', revision.ready, revision.desired) : ''}</span
      >
      ${revision.current ? nothing : links(view, revision, outside)}
    </p>
  </li>`;
}

function links(view: RolloutView, { revision }: RevisionView, { t, set, send }: Page): unknown {
  const compare = () => set({ compared: [Math.min(revision, view.currentRevision), Math.max(revision, view.currentRevision)] });
  return html`<button type="button" @click=${compare} aria-label=${t('Compare revision {0} with the current one', revision)}>${t('compare')}</button>
    <button type="button" @click=${() => send({ type: 'undo', revision })} aria-label=${t('Undo to revision {0}', revision)}>
      <span class="codicon codicon-discard" aria-hidden="true"></span>${t('undo to here')}
    </button>`;
}

function difference(state: State, view: RolloutView, { t }: Page): unknown {
  const compared = comparedOf(state);
  if (!compared) return nothing;
  const [older, newer] = compared.map((number) => view.revisions.find(({ revision }) => revision === number));
  const found = differences(older?.template, newer?.template);
  return html`<section class="difference">
    <h2>${t('Between {0} and {1}', ...compared)}</h2>
    ${found.length === 0 ? html`<p class="same">${t('The pod templates are the same.')}</p>` : html`<dl>${found.map(row)}</dl>`}
  </section>`;
}

function row({ path, before, after }: Difference): unknown {
  return html`<dt>${path.replace(/^spec\./, '')}</dt>
    ${before === undefined ? nothing : html`<dd class="before"><del>${before}</del></dd>`}
    ${after === undefined ? nothing : html`<dd class="after"><ins>${after}</ins></dd>`}`;
}
