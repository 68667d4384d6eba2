// Pods and ready pods as step lines between the allowed minimum and maximum.
import { scaleLinear } from 'd3-scale';
import type { CountPoint, RolloutView } from '../../../../../server/src/protocol/rollout-view.ts';
import type { Domain } from './domain.ts';

export interface CountsGeometry {
  readonly top: number;
  readonly bottom: number;
  /** Where a number of pods is drawn. */
  readonly y: (pods: number) => number;
  /** Bounds with the same number share a line and a label. Top down. */
  readonly bounds: readonly Bound[];
  /** Between the highest and the lowest bound. */
  readonly band: { readonly y: number; readonly height: number };
  readonly podsLine: string;
  readonly readyLine: string;
  /** Under the ready line: new pods at the bottom, old ones on them (to be filled by the even-odd rule). Absent when the scale does not start at 0. */
  readonly areas?: { readonly new: string; readonly old: string };
}

export interface Bound {
  readonly pods: number;
  readonly y: number;
  readonly means: readonly ('atMost' | 'wanted' | 'atLeast')[];
}

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly x: (at: number) => number;
  readonly domain: Domain;
}

export function layOutCounts(view: RolloutView, frame: Frame, top: number, height: number): CountsGeometry {
  const bottom = top + height;
  const [low, high] = extentOf(view);
  const y = scaleLinear([low, high], [bottom, top]);
  const bounds = boundsOf(view, y);
  const line = (value: (point: CountPoint) => number) => stepLine(visibleSteps(view.timeline.counts, value, frame), frame, y);
  const ready = line((point) => point.ready);
  const shared = {
    top,
    bottom,
    y,
    bounds,
    band: { y: y(view.atMost), height: y(view.atLeast) - y(view.atMost) },
    podsLine: line((point) => point.pods),
    readyLine: ready,
  };
  if (low > 0) return shared;
  const floor = `V${bottom}H${frame.left}Z`;
  const fresh = line((point) => point.readyNew) + floor;
  return { ...shared, areas: { new: fresh, old: ready + floor + fresh } };
}

/** The scale starts at 0, unless that would squeeze the band to a hair: 100 wanted, at most 101, at least 100. */
function extentOf(view: RolloutView): readonly [number, number] {
  const { counts, mostPods } = view.timeline;
  const high = Math.max(1, view.atMost, view.desired, mostPods, ...highest(counts));
  const low = counts.reduce((least, point) => Math.min(least, point.ready), view.atLeast);
  const room = Math.max(2, (high - low) * 0.4);
  return (high - low) / high < 0.12 && low - room > 0 ? [low - room, high] : [0, high];
}

const highest = (counts: readonly CountPoint[]): readonly number[] => [counts.reduce((most, point) => Math.max(most, point.pods, point.ready), 0)];

function boundsOf(view: RolloutView, y: (pods: number) => number): readonly Bound[] {
  const rolling = view.strategy === 'RollingUpdate';
  const bounds: { pods: number; y: number; means: Bound['means'][number][] }[] = [];
  for (const [pods, mean] of [
    [view.atMost, 'atMost'],
    [view.desired, 'wanted'],
    [view.atLeast, 'atLeast'],
  ] as const) {
    if (!rolling && mean !== 'wanted') continue;
    const same = bounds.find((bound) => bound.pods === pods);
    if (same === undefined) bounds.push({ pods, y: y(pods), means: [mean] });
    else same.means.push(mean);
  }
  return bounds;
}

interface Step {
  readonly x: number;
  readonly value: number;
}

/**
 * Where the line steps, in pixels. A pixel column with many changes keeps its first, lowest, highest and last value, so that
 * ten thousand pods cost no more to draw than the picture is wide and every spike stays visible.
 */
export function visibleSteps(points: readonly CountPoint[], value: (point: CountPoint) => number, frame: Frame): readonly Step[] {
  const steps: Step[] = [];
  let column: Step[] = [];
  const flush = () => {
    steps.push(...thin(column));
    column = [];
  };
  for (const point of points) {
    const x = Math.max(frame.left, Math.min(frame.right, frame.x(point.at)));
    const last = column.at(-1);
    if (last !== undefined && Math.floor(last.x) !== Math.floor(x)) flush();
    column.push({ x, value: value(point) });
  }
  flush();
  return steps;
}

function thin(column: readonly Step[]): readonly Step[] {
  if (column.length <= 4) return column;
  const lowest = column.reduce((least, step) => (step.value < least.value ? step : least));
  const highest = column.reduce((most, step) => (step.value > most.value ? step : most));
  return column.filter((step, index) => index === 0 || index === column.length - 1 || step === lowest || step === highest);
}

/** An SVG path from the left edge to the right one; before the first point its value holds. */
function stepLine(steps: readonly Step[], frame: Frame, y: (pods: number) => number): string {
  const [first] = steps;
  if (first === undefined) return `M${frame.left} ${round(y(0))}H${frame.right}`;
  let path = `M${frame.left} ${round(y(first.value))}`;
  let value = first.value;
  for (const step of steps) {
    if (step.value === value) continue;
    path += `H${round(step.x)}V${round(y(step.value))}`;
    value = step.value;
  }
  return `${path}H${round(frame.right)}`;
}

/** The numbers at a moment: those of the last change before it. */
export function countsAt(points: readonly CountPoint[], at: number): CountPoint | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return points[Math.max(0, low - 1)];
}

export const round = (pixels: number): number => Math.round(pixels * 10) / 10;
