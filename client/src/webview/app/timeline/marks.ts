// The controller's decisions as marks: one row for scaling up, one for scaling down.
import type { Decision, Timeline } from '../../../../../server/src/protocol/rollout-view.ts';
import type { Frame } from './counts.ts';
import { round } from './counts.ts';

/** Decisions so near to each other that they share a mark. */
export interface Mark {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly up: boolean;
  /** Pods added, or taken away, by all of them. */
  readonly pods: number;
  readonly decisions: readonly Decision[];
}

/** Two labels ("+3", "−12") nearer than this would touch. */
const reach = 42;

export function layOutMarks(timeline: Timeline, frame: Frame, top: number, rowHeight: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (const up of [true, false]) {
    const decisions = timeline.decisions.filter((decision) => decision.to > decision.from === up);
    for (const group of grouped(decisions, frame)) {
      const [first] = group;
      if (first === undefined) continue;
      marks.push({
        id: `${up ? 'up' : 'down'}-${first.resourceVersion}`,
        x: round(Math.max(frame.left, frame.x(first.at))),
        y: top + rowHeight * (up ? 0.5 : 1.5),
        up,
        pods: group.reduce((sum, decision) => sum + Math.abs(decision.to - decision.from), 0),
        decisions: group,
      });
    }
  }
  return marks;
}

function grouped(decisions: readonly Decision[], frame: Frame): readonly (readonly Decision[])[] {
  const groups: Decision[][] = [];
  let start = Number.NEGATIVE_INFINITY;
  for (const decision of decisions) {
    const x = frame.x(decision.at);
    const open = groups.at(-1);
    if (open !== undefined && x - start < reach) open.push(decision);
    else {
      groups.push([decision]);
      start = x;
    }
  }
  return groups;
}
