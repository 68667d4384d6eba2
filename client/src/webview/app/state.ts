// All that the page shows follows from this.
import type { TimeState } from '../../../../server/src/protocol/cluster-view.ts';
import type { RolloutView } from '../../../../server/src/protocol/rollout-view.ts';
import { virtualNow } from '../../time/virtual-now.ts';
import type { Translate } from '../../words/translate.ts';
import type { FromPage } from '../messages.ts';

export interface State {
  /** undefined until the first message, null when there is nothing to follow. */
  readonly view: RolloutView | null | undefined;
  readonly deployments: readonly string[];
  readonly time: TimeState;
  /** performance.now() when `time` arrived. */
  readonly timeAt: number;
  /** Pixels that the timeline may use. */
  readonly width: number;
  /** The moment looked at; pinned ones stay when the pointer leaves. */
  readonly cursor?: { readonly at: number; readonly pinned: boolean } | undefined;
  /** What the card beside the pointer, or beside the focus, explains. */
  readonly card?: { readonly mark: string } | { readonly pod: string; readonly x: number } | undefined;
  /** The two revisions that are compared, older first. */
  readonly compared?: readonly [number, number] | undefined;
}

/** What the templates need beside the state. */
export interface Page {
  readonly t: Translate;
  readonly set: (change: Partial<State>) => void;
  readonly send: (message: FromPage) => void;
}

/** The present, in virtual milliseconds. A rollout that is over does not move. */
export const nowOf = (state: State): number => Math.max(state.view?.timeline.now ?? 0, virtualNow(state.time, performance.now() - state.timeAt));

export const isMoving = (state: State): boolean =>
  Boolean(state.view && state.view.timeline.to === undefined && !state.time.paused && state.time.speed !== 'max');

/** Which two revisions are compared when nobody has chosen: the current one and the one before it. */
export function comparedOf(state: State): readonly [number, number] | undefined {
  const { view, compared } = state;
  if (!view) return undefined;
  const has = (revision: number) => view.revisions.some((candidate) => candidate.revision === revision);
  if (compared && compared.every(has)) return compared;
  const before = view.revisions.find((revision) => revision.revision < view.currentRevision);
  return before && [before.revision, view.currentRevision];
}
