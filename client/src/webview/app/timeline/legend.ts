// The foot of the picture: the time that the cluster keeps, and what the colours mean.
import { html, nothing } from 'lit';
import type { RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import { iconButton } from '../icon-button.ts';
import type { Page, State } from '../state.ts';

export function legend(state: State, view: RolloutView, { t, send }: Page): unknown {
  const { paused, speed } = state.time;
  const lanes = view.timeline.lanes;
  const has = (test: (lane: (typeof lanes)[number]) => boolean) => lanes.some(test);
  const hasOld = has((lane) => !lane.isNew);
  const keys = [
    ['starting', t('starting'), true],
    ['ready-old', t('ready, old'), hasOld],
    ['ready-new', hasOld ? t('ready, new') : t('ready'), true],
    ['failing', t('failing'), has((lane) => lane.spans.some((span) => span.state === 'failing'))],
    ['stopping', t('stopping'), has((lane) => lane.spans.some((span) => span.state === 'stopping'))],
  ] as const;
  const button = (icon: string, label: string, command: 'pause' | 'resume' | 'step') =>
    iconButton(icon, label, () => send({ type: 'time', command: { do: command } }));
  return html`<div class="foot">
    <div class="time" role="group" aria-label=${t('Time')}>
      ${paused ? button('play', t('Let Time Go On'), 'resume') : button('debug-pause', t('Pause Time'), 'pause')}
      ${button('debug-step-over', t('Step Time'), 'step')}
      <span>${speed === 'max' ? t('as fast as it goes') : `${speed}×`}</span>
    </div>
    <ul class="legend">
      ${keys.map(([state, words, shown]) => (shown ? html`<li><span class="key ${state}" aria-hidden="true"></span>${words}</li>` : nothing))}
    </ul>
  </div>`;
}
