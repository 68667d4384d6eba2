// Which stretch of time is drawn, and where its axis is ticked.
import type { Timeline } from '../../../../../server/src/protocol/rollout-view.ts';

/** Virtual milliseconds since 1970. */
export interface Domain {
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  readonly at: number;
  /** Milliseconds since the rollout began; absent for a minor tick. */
  readonly label?: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [100, 200, 500, second, 2 * second, 5 * second, 10 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, hour];

/** A finished rollout ends a little after its last event. A running one gets room to grow in, so that the scale jumps now and then and does not creep. */
export function domainOf(timeline: Timeline, now: number): Domain {
  const hadPods = timeline.lanes.some((lane) => !lane.isNew) || (timeline.counts[0]?.pods ?? 0) > 0;
  const until = timeline.to === undefined ? timeline.from + roomFor(now - timeline.from) : lastMoment(timeline, timeline.to);
  const span = Math.max(until - timeline.from, second);
  return { from: timeline.from - (hadPods ? 0.06 * span : 0), to: timeline.from + span * (timeline.to === undefined ? 1 : 1.06) };
}

/** 3 s, then each time about half as much again: 5, 8, 12, 20, 30, 50, 80, … */
function roomFor(elapsed: number): number {
  for (let decade = second; ; decade *= 10) {
    for (const factor of [0.3, 0.5, 0.8, 1.2, 2]) if (factor * decade >= 3 * second && elapsed <= 0.94 * factor * decade) return factor * decade;
  }
}

function lastMoment(timeline: Timeline, end: number): number {
  let last = end;
  for (const lane of timeline.lanes) last = Math.max(last, lane.spans.at(-1)?.to ?? 0);
  return last;
}

/** Labelled ticks at least `apart` pixels apart, minor ones between them where there is room. */
export function ticksOf(domain: Domain, origin: number, width: number, apart = 64): readonly Tick[] {
  const pixelsPerMs = width / (domain.to - domain.from);
  const major = stepOf(apart / pixelsPerMs);
  const minor = steps.find((step) => step < major && major % step === 0 && step * pixelsPerMs >= 12) ?? major;
  const ticks: Tick[] = [];
  for (let index = Math.ceil((domain.from - origin) / minor); origin + index * minor <= domain.to; index++) {
    const since = index * minor + 0; // no -0 at the origin
    if (since >= 0) ticks.push(since % major === 0 ? { at: origin + since, label: since } : { at: origin + since });
  }
  return ticks;
}

function stepOf(atLeastMs: number): number {
  const step = steps.find((candidate) => candidate >= atLeastMs);
  if (step !== undefined) return step;
  for (let hours = 2; ; hours *= 2) if (hours * hour >= atLeastMs) return hours * hour;
}
