// Why the Deployment controller scaled a ReplicaSet, in a sentence for each code that it gives.
import type { Decision } from '../../../server/src/protocol/rollout-view.ts';
import { podsMade } from './numbers.ts';
import type { Translate } from './translate.ts';

export interface DecisionWords {
  /** 'Scaled revision 1 down by 2' */
  readonly what: string;
  /** The arithmetic, then what made the controller look. */
  readonly why: readonly string[];
}

export function decisionWords(t: Translate, decision: Decision): DecisionWords {
  const { revision, from, to } = decision;
  const what = to > from ? t('Scaled revision {0} up by {1}', revision, to - from) : t('Scaled revision {0} down by {1}', revision, from - to);
  return { what, why: [...reason(t, decision.reason), ...trigger(t, decision.trigger)] };
}

type Coded = NonNullable<Decision['reason']>;

/** The codes are those of server/src/cluster/controllers/deployment; one that is not known here is left out. */
function reason(t: Translate, coded: Coded | undefined): readonly string[] {
  if (coded === undefined) return [];
  const number = (name: string): number => Number(coded.args[name] ?? 0);
  const roomFor = (added: number): string =>
    t('{0} of at most {1} pods: room for {2} more', number('total') - added, number('atMost'), number('atMost') - number('total') + added);
  switch (coded.code) {
    case 'create-replicaset':
      return [roomFor(number('replicas'))];
    case 'scale-up-new':
      return [roomFor(number('to') - number('from'))];
    case 'scale-down-new':
      return [t('only {0} are wanted', podsMade(t, number('desired')))];
    case 'scale-down-old':
      return [t('{0} available, at least {1}: {2} may go', number('available'), number('atLeast'), number('available') - number('atLeast'))];
    case 'scale-down-unhealthy':
      return [t('{0} of its pods are not available: they go first', number('from') - number('available'))];
    case 'scale-proportional':
      return [t('every revision gets its share of at most {0}', podsMade(t, number('atMost')))];
    case 'recreate-scale-down':
      return [t('all old pods stop before new ones start')];
    case 'recreate-scale-up':
      return [t('the old pods are gone')];
    default:
      return [];
  }
}

function trigger(t: Translate, coded: Coded | undefined): readonly string[] {
  if (coded === undefined) return [];
  const name = String(coded.args['pod'] ?? '');
  const pod = name.slice(name.lastIndexOf('-') + 1); // as its lane is called
  switch (coded.code) {
    case 'created':
      return [t('because the Deployment was created')];
    case 'template-changed':
      return [t('because the pod template changed')];
    case 'replicas-changed':
      return [t('because replicas changed from {0} to {1}', Number(coded.args['from']), Number(coded.args['to']))];
    case 'pod-ready':
      return [t('because pod {0} became ready', pod)];
    case 'pod-not-ready':
      return [t('because pod {0} stopped being ready', pod)];
    case 'pod-deleted':
      return [t('because pod {0} was deleted', pod)];
    case 'pod-gone':
      return [t('because pod {0} is gone', pod)];
    case 'paused':
      return [t('because the rollout was paused')];
    case 'resumed':
      return [t('because the rollout was resumed')];
    case 'spec-changed':
      return [t('because the Deployment changed')];
    default:
      return [];
  }
}
