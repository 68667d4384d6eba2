// The rollout page: messages in, one state, one template out.
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { render } from 'lit';
import { translator } from '../../words/translate.ts';
import type { FromPage, PageMemory, ToPage } from '../messages.ts';
import { page } from './page.ts';
import type { Page, State } from './state.ts';
import { isMoving } from './state.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): PageMemory | undefined; setState(memory: PageMemory): void };

const host = acquireVsCodeApi();
const root = document.querySelector('main')!;
const bundle = JSON.parse(document.querySelector('#words')?.textContent ?? '{}') as Record<string, string>;
const still = matchMedia('(prefers-reduced-motion: reduce)');

let state: State = { view: undefined, deployments: [], time: { now: 0, elapsedMs: 0, speed: 1, paused: true }, timeAt: 0, width: root.clientWidth };
let drawing = 0;

const outside: Page = {
  t: translator(bundle, document.documentElement.lang),
  send: (message) => host.postMessage(message),
  set(change) {
    state = { ...state, ...change };
    drawing ||= requestAnimationFrame(draw);
  },
};

function draw(): void {
  drawing = 0;
  render(page(state, outside), root);
  const timeline = root.querySelector('.timeline');
  if (timeline) widths.observe(timeline);
}

const widths = new ResizeObserver(([entry]) => {
  const width = Math.floor(entry?.contentRect.width ?? 0);
  if (width > 0 && width !== state.width) outside.set({ width });
});

function receive(message: ToPage): void {
  switch (message.type) {
    case 'view': {
      const other = message.view?.uid !== state.view?.uid;
      outside.set({
        view: message.view,
        time: message.time,
        timeAt: performance.now(),
        deployments: message.deployments,
        ...(other && { cursor: undefined, card: undefined, compared: undefined }),
      });
      if (message.view) host.setState({ key: message.view.key });
      return;
    }
    case 'time':
      return outside.set({ time: message.time, timeAt: performance.now() });
    case 'compare': {
      const current = state.view?.currentRevision ?? 0;
      outside.set({ compared: [Math.min(message.revision, current), Math.max(message.revision, current)] });
      requestAnimationFrame(() => root.querySelector('.difference')?.scrollIntoView({ block: 'nearest' }));
    }
  }
}

addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
// What goes on grows while one looks, about fifteen times a second; where motion is unwelcome, and for mere ages, once.
let ticked = 0;
const tick = (at: number): void => {
  if (at - ticked >= (isMoving(state) && !still.matches ? 66 : 1000)) {
    ticked = at;
    outside.set({});
  }
  requestAnimationFrame(tick);
};
requestAnimationFrame(tick);
draw();
host.postMessage({ type: 'ready' });
