// What happens to one Deployment in a simulation: drawn from a seed before anything runs, so that it can be printed and played again.
import { Random } from '../../server/src/cluster/clock/random.ts';

export interface Version {
  readonly image: string;
  /** drydock.dev annotations of the template. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Strategy {
  readonly type: 'RollingUpdate' | 'Recreate';
  readonly surge?: number | string;
  readonly unavailable?: number | string;
}

export type Action =
  | { readonly do: 'template'; readonly version: number }
  | { readonly do: 'restart'; readonly nonce: number }
  | { readonly do: 'scale'; readonly replicas: number }
  | { readonly do: 'pause' | 'resume' }
  | { readonly do: 'strategy'; readonly strategy: Strategy }
  | { readonly do: 'min-ready'; readonly seconds: number }
  | { readonly do: 'history-limit'; readonly limit: number }
  | { readonly do: 'annotate'; readonly text: string }
  /** `pick`: which of those that are there, counted round. */
  | { readonly do: 'undo'; readonly pick: number }
  | { readonly do: 'delete-pod'; readonly pick: number; readonly force: boolean }
  | { readonly do: 'relabel-pod'; readonly pick: number }
  | { readonly do: 'delete-set'; readonly pick: number };

export interface RandomRollout {
  readonly seed: number;
  readonly replicas: number;
  readonly strategy: Strategy;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly revisionHistoryLimit: number;
  readonly versions: readonly Version[];
  readonly actions: readonly { readonly afterMs: number; readonly action: Action }[];
}

export function randomRollout(seed: number): RandomRollout {
  const random = new Random(seed);
  const pick = <T>(values: readonly T[]): T => values[random.int(values.length)]!;
  const rarely = (oneIn: number) => random.int(oneIn) === 0;

  const sizes = [0, 1, 1, 2, 3, '10%', '25%', '50%', '100%'] as const;
  const strategy = (): Strategy => {
    if (rarely(6)) return { type: 'Recreate' };
    const [surge, unavailable] = [pick(sizes), pick(sizes)];
    return { type: 'RollingUpdate', surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
  };
  const version = (number: number): Version => {
    const annotations: Record<string, string> = {};
    if (rarely(2)) annotations['drydock.dev/ready-after'] = pick(['0s', '200ms', '3s']);
    if (rarely(2)) annotations['drydock.dev/ready-apart'] = pick(['100ms', '500ms']);
    if (rarely(3)) annotations['drydock.dev/stop-after'] = pick(['0s', '2s']);
    if (number > 0 && rarely(5)) annotations['drydock.dev/fault'] = pick(['image-pull', 'image-pull', 'not-ready', 'not-ready', 'crash', 'fail']);
    return { image: `nginx:1.${number}`, annotations };
  };
  const action = (): Action => {
    switch (random.int(16)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return { do: 'template', version: random.int(5) };
      case 4:
        return { do: 'restart', nonce: random.int(1_000) };
      case 5:
      case 6:
      case 7:
        return { do: 'scale', replicas: random.int(13) };
      case 8:
        return { do: pick(['pause', 'resume', 'resume']) };
      case 9:
        return { do: 'strategy', strategy: strategy() };
      case 10:
        return pick<Action>([
          { do: 'min-ready', seconds: random.int(4) },
          { do: 'history-limit', limit: random.int(4) },
        ]);
      case 11:
        return { do: 'annotate', text: `cause ${random.int(100)}` };
      case 12:
      case 13:
        return { do: 'undo', pick: random.int(100) };
      case 14:
        return { do: 'delete-pod', pick: random.int(100), force: rarely(2) };
      default:
        return pick<Action>([
          { do: 'relabel-pod', pick: random.int(100) },
          { do: 'delete-set', pick: random.int(100) },
          { do: 'delete-pod', pick: random.int(100), force: false },
        ]);
    }
  };

  return {
    seed,
    replicas: random.int(13),
    strategy: strategy(),
    minReadySeconds: rarely(4) ? 1 + random.int(3) : 0,
    progressDeadlineSeconds: 5 + random.int(10),
    revisionHistoryLimit: pick([0, 1, 2, 10]),
    versions: Array.from({ length: 5 }, (_, number) => version(number)),
    actions: Array.from({ length: 3 + random.int(10) }, () => ({ afterMs: pick([0, 0, 1, 300, 1_000, 1_500, 4_000, 9_000]), action: action() })),
  };
}
