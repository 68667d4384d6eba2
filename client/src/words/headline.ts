// A rollout in a sentence or two: what happened, how bad it got, what it waited for.
import type { RolloutView } from '../../../server/src/protocol/rollout-view.ts';
import { duration } from './duration.ts';
import { podsMade, readyPods } from './numbers.ts';
import type { Translate } from './translate.ts';

export interface Headline {
  readonly lead: string;
  readonly rest: readonly string[];
}

/** `now`: virtual milliseconds. */
export function headline(t: Translate, view: RolloutView, now: number): Headline {
  const { timeline } = view;
  const tookMs = (timeline.to ?? now) - timeline.from;
  const updated = view.revisions.find((revision) => revision.current)?.ready ?? 0;
  if (view.desired === 0 && timeline.to !== undefined) return { lead: t('No pods are wanted.'), rest: [t('Scale it up to see it run.')] };
  if (view.timeline.lanes.every((lane) => lane.isNew)) {
    return (timeline.counts[0]?.ready ?? 0) === 0 ? firstRollout(t, view, updated, tookMs) : adjustment(t, view, updated, tookMs);
  }
  const extremes = t('Never fewer than {0} ready, never more than {1}.', timeline.fewestReady, podsMade(t, timeline.mostPods));
  switch (view.state) {
    case 'complete':
      return { lead: t('The rollout took {0}.', duration(t, tookMs)), rest: [extremes, ...waiting(t, view, tookMs)] };
    case 'progressing':
      return {
        lead: t('Rolling out revision {0}: {1} of {2} ready.', view.currentRevision, updated, view.desired),
        rest: [t('{0} so far.', duration(t, tookMs)), extremes],
      };
    case 'paused':
      return {
        lead: t('The rollout is paused at {0} of {1}.', updated, view.desired),
        rest: [t('Changes wait until it is resumed.'), t('{0} now.', readyPods(t, view.ready))],
      };
    case 'stalled':
      return { lead: t('The rollout is stalled at {0} of {1}.', updated, view.desired), rest: [...reasonOf(t, view), ...whoServes(t, view, updated)] };
  }
}

function firstRollout(t: Translate, view: RolloutView, ready: number, tookMs: number): Headline {
  if (view.state === 'complete')
    return {
      lead:
        view.desired === 1
          ? t('The pod was ready after {0}.', duration(t, tookMs))
          : t('All {0} pods were ready after {1}.', view.desired, duration(t, tookMs)),
      rest: [],
    };
  if (view.state === 'stalled') return { lead: t('The first rollout is stalled at {0} of {1}.', ready, view.desired), rest: reasonOf(t, view) };
  if (view.state === 'paused') return { lead: t('The rollout is paused at {0} of {1}.', ready, view.desired), rest: [t('Changes wait until it is resumed.')] };
  return { lead: t('Starting: {0} of {1} ready.', ready, view.desired), rest: [t('{0} so far.', duration(t, tookMs))] };
}

/** The template stayed as it was: the Deployment was scaled, or pods were lost and replaced. */
function adjustment(t: Translate, view: RolloutView, ready: number, tookMs: number): Headline {
  const scaled = view.timeline.decisions.length > 0;
  const least = t('Never fewer than {0} ready.', view.timeline.fewestReady);
  if (view.state === 'stalled') return { lead: t('Stalled at {0} of {1} ready.', ready, view.desired), rest: reasonOf(t, view) };
  if (view.timeline.to === undefined)
    return {
      lead: scaled ? t('Scaling to {0}: {1} ready.', view.desired, ready) : t('Replacing lost pods: {0} of {1} ready.', ready, view.desired),
      rest: [t('{0} so far.', duration(t, tookMs)), least],
    };
  return {
    lead: scaled ? t('Scaled to {0} in {1}.', view.desired, duration(t, tookMs)) : t('Lost pods were replaced in {0}.', duration(t, tookMs)),
    rest: [least],
  };
}

/** Said when it was more than half of the time. */
function waiting(t: Translate, view: RolloutView, tookMs: number): readonly string[] {
  return view.timeline.waitingForReadyMs > tookMs / 2 ? [t('Most of it was waiting for new pods to become ready.')] : [];
}

/** In plain words where a message of the cluster is long and technical; the message itself is one pointer's move away. */
function reasonOf(t: Translate, { stalled, revisions }: RolloutView): readonly string[] {
  if (stalled === undefined) return [];
  const { reason, message } = stalled;
  const images = revisions.find((revision) => revision.current)?.images.join(', ') ?? '';
  switch (reason) {
    case 'ImagePullBackOff':
    case 'ErrImagePull':
    case 'InvalidImageName':
      return [t('{0} cannot be pulled ({1}).', images, reason)];
    case 'CrashLoopBackOff':
      return [t('A container starts and crashes again and again ({0}).', reason)];
    case 'OOMKilled':
      return [t('A container needs more memory than it may have ({0}).', reason)];
    case 'ProgressDeadlineExceeded':
      return [t('Nothing has moved forward within the progress deadline ({0}).', reason)];
    default:
      return [`${reason}: ${message}${/[.!?]$/.test(message) ? '' : '.'}`];
  }
}

function whoServes(t: Translate, view: RolloutView, updated: number): readonly string[] {
  const old = view.ready - updated;
  if (old === 0) return [];
  return [old === 1 ? t('1 old pod keeps serving.') : t('{0} old pods keep serving.', old)];
}
