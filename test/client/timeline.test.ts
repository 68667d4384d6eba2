import { describe, expect, test } from 'vitest';
import type { CountPoint, Decision, PodLane } from '../../server/src/protocol/rollout-view.ts';
import type { Frame } from '../../client/src/webview/app/timeline/counts.ts';
import { countsAt, layOutCounts, visibleSteps } from '../../client/src/webview/app/timeline/counts.ts';
import { domainOf, ticksOf } from '../../client/src/webview/app/timeline/domain.ts';
import { laneSizes, layOutLanes } from '../../client/src/webview/app/timeline/lanes.ts';
import { layOutTimeline } from '../../client/src/webview/app/timeline/layout.ts';
import { layOutMarks } from '../../client/src/webview/app/timeline/marks.ts';
import { playRollout, start } from './play-rollout.ts';

/** 100 pixels a second, from x = 0 at the start. */
const frame: Frame = { left: 0, right: 1000, x: (at) => (at - start) / 10, domain: { from: start, to: start + 10_000 } };

describe('time', () => {
  test('a finished rollout ends a little after its last event', () => {
    const { timeline } = playRollout({ stopAfterMs: 5000 });
    const last = Math.max(...timeline.lanes.flatMap((lane) => lane.spans.map((span) => span.to ?? 0)));
    const { to } = domainOf(timeline, start + 1e9);
    expect(last).toBeGreaterThan(timeline.to!);
    expect((to - start) / (last - start)).toBeCloseTo(1.06);
  });

  test('a running rollout has room to grow in, and the scale jumps seldom', () => {
    const ends = new Set<number>();
    for (let elapsed = 0; elapsed <= 60_000; elapsed += 500) {
      const { to } = domainOf(playRollout({ untilMs: 100 }).timeline, start + elapsed);
      expect(to - start).toBeGreaterThan(elapsed);
      ends.add(to - start);
    }
    expect([...ends]).toEqual([3000, 5000, 8000, 12_000, 20_000, 30_000, 50_000, 80_000]);
  });

  test('old pods are seen before the change; a creation begins at the left edge', () => {
    expect(domainOf(playRollout().timeline, start).from).toBeLessThan(start);
    expect(domainOf(playRollout({ creation: true }).timeline, start).from).toBeLessThan(start + 1);
    expect(layOutTimeline(playRollout({ creation: true, untilMs: 100 }), 900, start + 100).ticks[0]).toMatchObject({ label: 0 });
  });

  test.each([
    [8_000, 700, [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]],
    [8_000, 200, [0, 5000]],
    [600_000, 700, [0, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000, 420_000, 480_000, 540_000, 600_000]],
    [90_000_000, 700, [0, 14_400_000, 28_800_000, 43_200_000, 57_600_000, 72_000_000, 86_400_000]],
  ])('%d ms in %d pixels are ticked at %j', (span, width, labels) => {
    const ticks = ticksOf({ from: start - 100, to: start + span }, start, width);
    expect(ticks.flatMap((tick) => tick.label ?? [])).toEqual(labels);
    expect(ticks.every((tick) => tick.at >= start)).toBe(true);
  });
});

describe('counts', () => {
  const points: CountPoint[] = [
    { at: start, pods: 8, ready: 6, readyNew: 0 },
    { at: start + 2000, pods: 8, ready: 5, readyNew: 0 },
    { at: start + 4000, pods: 6, ready: 6, readyNew: 6 },
  ];

  test('a step line holds a value until the next', () => {
    const view = { ...playRollout(), timeline: { ...playRollout().timeline, counts: points } };
    const { readyLine, y } = layOutCounts(view, frame, 0, 80);
    expect(y(8)).toBe(0);
    expect(y(0)).toBe(80);
    expect(readyLine).toBe('M0 20H200V30H400V20H1000');
  });

  test('the numbers at a moment are those of the last change before it', () => {
    expect(countsAt(points, start - 5)?.ready).toBe(6);
    expect(countsAt(points, start + 1999)?.ready).toBe(6);
    expect(countsAt(points, start + 2000)?.ready).toBe(5);
    expect(countsAt(points, start + 9999)?.pods).toBe(6);
    expect(countsAt([], start)).toBeUndefined();
  });

  test('bounds that are equal share a line', () => {
    const { bounds } = layOutCounts(playRollout({ surge: 1, unavailable: 0 }), frame, 0, 100);
    expect(bounds.map(({ pods, means }) => [pods, means])).toEqual([
      [7, ['atMost']],
      [6, ['wanted', 'atLeast']],
    ]);
  });

  test('the scale starts at 0 unless that squeezes the band to a hair', () => {
    expect(layOutCounts(playRollout(), frame, 0, 100).y(0)).toBe(100);
    const narrow = layOutCounts(playRollout({ replicas: 100, surge: 1, unavailable: 0, apartMs: 0 }), frame, 0, 100);
    expect(narrow.y(0)).toBeGreaterThan(100);
    expect(narrow.areas).toBeUndefined();
    expect(narrow.band.height).toBeGreaterThan(14);
  });

  test('ten thousand changes in ten pixels keep every spike and little else', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ at: start + index / 100, pods: index === 5_555 ? 999 : index % 7, ready: 0, readyNew: 0 }));
    const steps = visibleSteps(many, (point) => point.pods, frame);
    expect(steps.length).toBeLessThanOrEqual(4 * 11);
    expect(Math.max(...steps.map((step) => step.value))).toBe(999);
    expect(steps.at(-1)?.value).toBe(many.at(-1)?.pods);
  });
});

describe('decisions', () => {
  const decision = (ms: number, from: number, to: number): Decision => ({ at: start + ms, resourceVersion: ms, revision: 1, replicaSet: 'web-1', from, to });
  const marksOf = (...decisions: Decision[]) =>
    layOutMarks({ ...playRollout().timeline, decisions }, frame, 0, 20).map(({ x, up, pods, decisions }) => ({ x, up, pods, decisions: decisions.length }));

  test('neighbours of one direction share a mark, whose number is their sum', () => {
    expect(marksOf(decision(1000, 0, 3), decision(1200, 3, 4), decision(1300, 6, 5), decision(2000, 4, 6))).toEqual([
      { x: 100, up: true, pods: 4, decisions: 2 },
      { x: 200, up: true, pods: 2, decisions: 1 },
      { x: 130, up: false, pods: 1, decisions: 1 },
    ]);
  });

  test('a long row of decisions does not melt into one mark', () => {
    const marks = marksOf(...Array.from({ length: 50 }, (_, index) => decision(index * 200, index, index + 1)));
    expect(marks.length).toBeGreaterThan(10);
    expect(marks.reduce((sum, mark) => sum + mark.pods, 0)).toBe(50);
  });
});

describe('lanes', () => {
  test('pods stand under their revision, the oldest on top', () => {
    const view = playRollout();
    const { groups } = layOutLanes(view.timeline, view.revisions, frame, 0);
    expect(groups.map(({ revision, lanes }) => [revision, lanes.length])).toEqual([
      [1, 6],
      [2, 6],
    ]);
    const ys = groups.flatMap((group) => group.lanes.map((lane) => lane.y));
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
  });

  test('a rollout looks like a staircase: old pods in the order in which they stop, new ones in that in which they are made and get ready', () => {
    const played = playRollout();
    const timeline = { ...played.timeline, lanes: played.timeline.lanes.toReversed() };
    const [old, fresh] = layOutLanes(timeline, played.revisions, frame, 0).groups;
    const moments = (group: typeof old, state: string) => group?.lanes.map(({ pod }) => pod.spans.find((span) => span.state === state)?.from ?? 0) ?? [];
    for (const steps of [moments(old, 'stopping'), moments(fresh, 'starting'), moments(fresh, 'ready')]) {
      expect(steps).toHaveLength(6);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    }
  });

  test('an old pod was there before the rollout that it is known from; a pod that the rollout makes was not', () => {
    const lane = (isNew: boolean): PodLane => ({
      name: 'web-1-x',
      uid: String(isNew),
      revision: isNew ? 2 : 1,
      isNew,
      spans: [
        { state: 'ready', from: start, to: start + 100 },
        { state: 'stopping', from: start + 100 },
      ],
    });
    const early = { ...frame, domain: { from: start - 500, to: start + 1000 } };
    const { groups } = layOutLanes({ ...playRollout().timeline, lanes: [lane(false), lane(true)] }, [], early, 0);
    expect(groups.map((group) => group.lanes[0]?.bars.map((bar) => bar.x))).toEqual([
      [-50, 10],
      [0, 10],
    ]);
  });

  test('what goes on is drawn up to the present', () => {
    const pod: PodLane = { name: 'web-1-x', uid: 'x', revision: 1, isNew: true, spans: [{ state: 'starting', from: start + 1000 }] };
    const present = { ...frame, domain: { from: start, to: start + 3000 } };
    const { groups } = layOutLanes({ ...playRollout().timeline, lanes: [pod] }, [], present, 0);
    expect(groups[0]?.lanes[0]?.bars).toMatchObject([{ state: 'starting', x: 100, width: 200 }]);
  });

  test('a ready pod of the revision that goes is told from one of the revision that comes', () => {
    const { groups } = layOutTimeline(playRollout(), 1000, start + 10_000);
    const states = (index: number) => new Set(groups[index]?.lanes.flatMap((lane) => lane.bars.map((bar) => bar.state)));
    expect(states(0)).toEqual(new Set(['ready-old', 'stopping']));
    expect(states(1)).toEqual(new Set(['starting', 'ready-new']));
  });

  test('many lanes get thinner, and nothing is drawn outside of the picture', () => {
    expect(laneSizes(6).lane).toBeGreaterThan(laneSizes(40).lane);
    const { width, height, groups } = layOutTimeline(playRollout({ replicas: 100, surge: 25, unavailable: 25, apartMs: 100 }), 900, start + 60_000);
    for (const bar of groups.flatMap((group) => group.lanes.flatMap((lane) => lane.bars))) {
      expect(bar.x).toBeGreaterThanOrEqual(0);
      expect(bar.x + bar.width).toBeLessThanOrEqual(width);
      expect(bar.y + bar.height).toBeLessThanOrEqual(height);
    }
  });
});

test('the same view, width and moment give the same picture, narrow or wide', () => {
  const view = playRollout();
  for (const width of [200, 560, 1180]) {
    const { frame: one, ...rest } = layOutTimeline(view, width, start + 5000);
    const { frame: two, ...again } = layOutTimeline(view, width, start + 5000);
    expect(JSON.stringify(rest)).toBe(JSON.stringify(again));
    expect(one.right).toBe(two.right);
    expect(one.right).toBeGreaterThan(one.left);
  }
});
