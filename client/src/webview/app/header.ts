import { html, nothing } from 'lit';
import type { RolloutView } from '../../../../server/src/protocol/rollout-view.ts';
import { stateWords, strategyWords } from '../../words/strategy.ts';
import { iconButton } from './icon-button.ts';
import type { Page, State } from './state.ts';

/** Name, strategy, state, and what one can do about it. */
export function header(state: State, view: RolloutView, outside: Page): unknown {
  const { t, send } = outside;
  return html`<header>
    <div class="title">
      <h1>${view.name}</h1>
      <p>${t('Deployment')} · ${view.namespace} · ${strategyWords(t, view)}</p>
    </div>
    ${choice(state, view, outside)}
    <div class="state">
      <span class="badge" data-state=${view.state}
        >${stateWords(t, view.state)} · ${t('revision {0}', view.currentRevision)} · ${t('{0} of {1}', view.ready, view.desired)}</span
      >
      <div class="actions">
        ${iconButton('debug-restart', t('Restart'), () => send({ type: 'act', do: 'restart' }))}
        ${view.state === 'paused' ? iconButton('debug-continue', t('Resume Rollout'), () => send({ type: 'act', do: 'resume' })) : iconButton('debug-pause', t('Pause Rollout'), () => send({ type: 'act', do: 'pause' }))}
      </div>
    </div>
  </header>`;
}

/** Only where there is something to choose from. */
function choice({ deployments }: State, view: RolloutView, { t, send }: Page): unknown {
  if (deployments.length < 2) return nothing;
  const follow = (event: Event) => send({ type: 'follow', key: (event.target as HTMLSelectElement).value });
  return html`<vscode-single-select label=${t('Deployment')} @change=${follow}>
    ${deployments.map((key) => html`<vscode-option value=${key} ?selected=${key === view.key}>${key}</vscode-option>`)}
  </vscode-single-select>`;
}
