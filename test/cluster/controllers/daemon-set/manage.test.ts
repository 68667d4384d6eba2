import { describe, expect, test } from 'vitest';
import { keptForMs, nextBackoff, type Backoff } from '../../../../server/src/cluster/controllers/daemon-set/failed-pods.ts';
import { manageNode } from '../../../../server/src/cluster/controllers/daemon-set/manage.ts';
import type { Rules } from '../../../../server/src/cluster/controllers/daemon-set/node.ts';
import { pod } from '../builders.ts';
import { daemonNode, names, rules } from './builders.ts';

/** 'create', '-name' of pods that go, or nothing. */
function changesOn(text: string, more: Partial<Rules> = {}): readonly string[] {
  const { create = [], remove = [] } = manageNode(daemonNode(text), rules(more)) ?? {};
  return [...create.map(() => 'create'), ...names(remove).map((name) => `-${name.replace('@n0', '')}`)];
}

describe('[DS3] one pod on every node that should have one', () => {
  test.each([
    ['run', ['create']],
    ['run new+', []],
    ['run old-', []],
    // Its successor is made when it is gone.
    ['run newx', []],
    ['run new+ new-', ['-new-.1']],
    ['run old- new+ new+', ['-new+.1', '-new+.2']],
    ['run newx new+', []],
    ['stay', []],
    ['stay old+', []],
    ['stay new+ new+', ['-new+.1']],
    ['leave', []],
    ['leave old+', ['-old+']],
    ['leave new+ newx newF', ['-new+', '-newF.2']],
    // What is bound to it is for others to clean up.
    ['gone new+', []],
    ['run newF', ['-newF']],
    ['run newS', ['-newS']],
    ['stay newF', ['-newF']],
    ['run newF new+', ['-newF']],
  ])('%s: %j', (text, expected) => {
    expect(changesOn(text)).toEqual(expected);
  });
  test('a pod that waits for a node which is gone goes', () => {
    const waiting = { name: 'n', placement: 'gone' as const, pods: [pod('waiting'), pod('bound', { node: 'n' })], keptForMs: 0 };
    expect(names(manageNode(waiting, rules())!.remove)).toEqual(['waiting']);
  });
});

describe('[DS4] two pods on a node while one comes up beside the other', () => {
  test.each([
    ['run', ['create']],
    ['run oldx', ['create']],
    ['stay oldx', []],
    ['run old+ new-', []],
    ['run old+ new+', ['-old+']],
    ['run old- new-', ['-old-']],
    ['run old- new+', ['-old-']],
    ['run old+ old+ new-', ['-old+.1']],
    ['run old+ new- new-', ['-new-.2']],
    ['run old+', []],
    ['run newF', ['create', '-newF']],
  ])('%s: %j', (text, expected) => {
    expect(changesOn(text, { update: 'surge' })).toEqual(expected);
  });
  test('the old one stays until the new one is available', () => {
    expect(changesOn('run old+ new+', { update: 'surge', minReadySeconds: 101 })).toEqual([]);
    expect(changesOn('run old+ new+', { update: 'surge', minReadySeconds: 100 })).toEqual(['-old+']);
  });
});

describe('[DS5] failed pods', () => {
  test('are told about, and so are those that ended well', () => {
    const { events, backsOff } = manageNode(daemonNode('run newF newS'), rules())!;
    expect(backsOff).toBe(true);
    expect(events.map(({ type, reason, message }) => `${type} ${reason} ${message}`)).toEqual([
      'Warning FailedDaemonPod Found failed daemon pod default/newF@n0 on node n0, will try to kill it',
      'Normal SucceededDaemonPod Found succeeded daemon pod default/newS@n0.1 on node n0, will try to delete it',
    ]);
  });
  test('are kept while their node backs off', () => {
    expect(manageNode(daemonNode('run newF', 0, 2_000), rules())).toEqual({ create: [], remove: [], events: [], backsOff: false, waitMs: 2_000 });
  });
  test('one at a time, since the first makes the node back off', () => {
    expect(changesOn('run newF newF')).toEqual(['-newF']);
  });
  test('are kept 1 s, 2 s, 4 s, … 15 min after the one before; half an hour later all is forgotten', () => {
    let backoff: Backoff | undefined;
    const delays: number[] = [];
    for (let now = 0, i = 0; i < 12; i++, now += delays.at(-1)!) {
      expect(keptForMs(backoff, now)).toBe(0);
      backoff = nextBackoff(backoff, now);
      delays.push(backoff.delayMs);
      expect(keptForMs(backoff, now + backoff.delayMs - 1)).toBe(backoff.delayMs);
    }
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900].map((seconds) => seconds * 1_000));
    expect(nextBackoff(backoff, backoff!.since + 1_800_000).delayMs).toBe(900_000);
    expect(nextBackoff(backoff, backoff!.since + 1_800_001).delayMs).toBe(1_000);
  });
});
