// RolloutView → everything that the drawing needs in pixels. Pure: the same view, width and moment give the same picture.
import { scaleLinear } from 'd3-scale';
import type { RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import type { CountsGeometry, Frame } from './counts.ts';
import { layOutCounts } from './counts.ts';
import type { Tick } from './domain.ts';
import { domainOf, ticksOf } from './domain.ts';
import type { LaneGroup } from './lanes.ts';
import { layOutLanes } from './lanes.ts';
import type { Mark } from './marks.ts';
import { layOutMarks } from './marks.ts';

export interface TimelineGeometry {
  readonly width: number;
  readonly height: number;
  readonly frame: Frame;
  /** Virtual milliseconds at a pixel. */
  readonly momentAt: (x: number) => number;
  /** Where the present is; at the right edge for a rollout that is over. */
  readonly nowX: number;
  readonly counts: CountsGeometry;
  readonly marksTop: number;
  readonly marks: readonly Mark[];
  readonly groups: readonly LaneGroup[];
  readonly axisY: number;
  readonly ticks: readonly (Tick & { readonly x: number })[];
}

const gutter = { left: 78, right: 62 };
const chart = { top: 24, height: 132 };
const markRow = 22;
const axisHeight = 34;

/** `now`: virtual milliseconds, for what still goes on. `width`: pixels. */
export function layOutTimeline(view: RolloutView, width: number, now: number): TimelineGeometry {
  const domain = domainOf(view.timeline, now);
  const left = gutter.left;
  const right = Math.max(left + 120, width - gutter.right);
  const x = scaleLinear([domain.from, domain.to], [left, right]).clamp(true);
  const present = Math.min(view.timeline.to === undefined ? now : domain.to, domain.to);
  const nowX = x(present);
  // What goes on is drawn up to the present and no further.
  const frame: Frame = { left, right: nowX, x, domain: { from: domain.from, to: present } };
  const counts = layOutCounts(view, frame, chart.top, chart.height);
  const marksTop = counts.bottom + 16;
  const marks = layOutMarks(view.timeline, frame, marksTop, markRow);
  const { groups, bottom } = layOutLanes(view.timeline, view.revisions, frame, marksTop + 2 * markRow + 10);
  return {
    width,
    height: bottom + axisHeight,
    frame: { ...frame, right },
    momentAt: (pixel) => x.invert(pixel),
    nowX,
    counts,
    marksTop,
    marks,
    groups,
    axisY: bottom + 4,
    ticks: ticksOf(domain, view.timeline.from, right - left).map((tick) => ({ ...tick, x: x(tick.at) })),
  };
}
