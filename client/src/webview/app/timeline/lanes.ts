// Pods as lanes, grouped by revision, the oldest on top.
import type { LaneSpan, PodLane, RevisionView, Timeline } from '../../../../../server/src/protocol/rollout-view.ts';
import type { Frame } from './counts.ts';
import { round } from './counts.ts';

export interface LaneGroup {
  readonly revision: number;
  readonly view?: RevisionView;
  /** Baseline of the heading. */
  readonly headingY: number;
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly pod: PodLane;
  /** Middle of the lane. */
  readonly y: number;
  readonly bars: readonly Bar[];
}

interface Bar {
  readonly span: LaneSpan;
  /** Ready pods of the revision that goes are told from those of the one that comes. */
  readonly state: 'starting' | 'ready-new' | 'ready-old' | 'failing' | 'stopping';
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
}

export interface LaneSizes {
  readonly lane: number;
  readonly bar: number;
  readonly named: boolean;
}

/** Fewer pods get taller lanes; beyond 48 the names give way, beyond 110 only the pattern of all of them stays. */
export function laneSizes(lanes: number): LaneSizes {
  if (lanes <= 24) return { lane: 20, bar: 12, named: true };
  if (lanes <= 48) return { lane: 15, bar: 9, named: true };
  if (lanes <= 110) return { lane: 8, bar: 6, named: false };
  return { lane: 4, bar: 3, named: false };
}

const headingHeight = 30;
const gap = 10;

export function layOutLanes(
  timeline: Timeline,
  revisions: readonly RevisionView[],
  frame: Frame,
  top: number,
): { readonly groups: readonly LaneGroup[]; readonly bottom: number } {
  const sizes = laneSizes(timeline.lanes.length);
  const groups: LaneGroup[] = [];
  let y = top;
  for (const revision of [...new Set(timeline.lanes.map((lane) => lane.revision))].sort((a, b) => a - b)) {
    const pods = timeline.lanes.filter((lane) => lane.revision === revision).sort(byTurn);
    const view = revisions.find((candidate) => candidate.revision === revision);
    const start = y + headingHeight;
    const lanes = pods.map((pod, index) => layOutLane(pod, timeline, start + (index + 0.5) * sizes.lane, sizes, frame));
    groups.push({ revision, ...(view && { view }), headingY: y + 17, lanes });
    y = start + pods.length * sizes.lane + gap;
  }
  return { groups, bottom: y };
}

/** In the order in which their turn comes: old pods as they stop, new ones as they are made and become ready. So a rollout looks like a staircase. */
function byTurn(a: PodLane, b: PodLane): number {
  const [one, other] = [turns(a), turns(b)];
  for (const [index, moment] of one.entries()) {
    const difference = moment - (other[index] ?? never);
    if (difference !== 0) return difference;
  }
  return 0;
}

const never = Number.MAX_VALUE;

function turns(lane: PodLane): readonly number[] {
  const begin = (state: LaneSpan['state']) => lane.spans.find((span) => span.state === state)?.from ?? never;
  return lane.isNew ? [lane.spans[0]?.from ?? never, begin('ready')] : [begin('stopping')];
}
/** The weight of a bar tells the state without its colour: half a bar is starting, a whole one ready, a line stopping. */
const weights = { starting: 0.5, ready: 1, failing: 1, stopping: 0.25 };

function layOutLane(pod: PodLane, timeline: Timeline, y: number, sizes: LaneSizes, frame: Frame): Lane {
  const bars: Bar[] = [];
  for (const [index, span] of pod.spans.entries()) {
    // What is known of an old pod begins with the rollout; it was there before.
    const from = index === 0 && span.from === timeline.from && !pod.isNew ? frame.domain.from : Math.max(span.from, frame.domain.from);
    const to = Math.min(span.to ?? Number.POSITIVE_INFINITY, frame.domain.to);
    if (to < from) continue;
    const x = frame.x(from);
    const height = Math.max(1, sizes.bar * weights[span.state]);
    const state = span.state === 'ready' ? (pod.isNew ? 'ready-new' : 'ready-old') : span.state;
    bars.push({ span, state, x: round(x), width: round(Math.max(1, frame.x(to) - x)), y: round(y - height / 2), height: round(height) });
  }
  return { pod, y, bars };
}

/** 'web-7bf986f9cf-x4k2p' → 'x4k2p' */
export const shortName = (pod: string): string => pod.slice(pod.lastIndexOf('-') + 1);
