// What the extension and the rollout page say to each other.
import type { TimeState } from '../../../server/src/protocol/cluster-view.ts';
import type { TimeCommand } from '../../../server/src/protocol/methods.ts';
import type { RolloutView } from '../../../server/src/protocol/rollout-view.ts';

/** To the page. It gets the whole state whenever it says that it is ready, because a hidden page hears nothing. */
export type ToPage =
  /** null: there is no such Deployment. `deployments`: keys of all that can be chosen. */
  | { readonly type: 'view'; readonly view: RolloutView | null; readonly time: TimeState; readonly deployments: readonly string[] }
  | { readonly type: 'time'; readonly time: TimeState }
  /** Show the difference between this revision and the current one. */
  | { readonly type: 'compare'; readonly revision: number };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'follow'; readonly key: string }
  | { readonly type: 'undo'; readonly revision: number }
  | { readonly type: 'act'; readonly do: 'restart' | 'pause' | 'resume' }
  | { readonly type: 'time'; readonly command: TimeCommand };

/** What the page keeps for the next time it is opened. */
export interface PageMemory {
  readonly key?: string;
}
