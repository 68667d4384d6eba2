import { describe, expect, test } from 'vitest';
import type { Decision, RolloutView } from '../../server/src/protocol/rollout-view.ts';
import { replicasProblem } from '../../client/src/commands/replicas.ts';
import { lensWords } from '../../client/src/decorations/lens-words.ts';
import { clockTime } from '../../client/src/words/clock.ts';
import { age, duration } from '../../client/src/words/duration.ts';
import { headline } from '../../client/src/words/headline.ts';
import { decisionWords } from '../../client/src/words/reasons.ts';
import { strategyWords } from '../../client/src/words/strategy.ts';
import { translator } from '../../client/src/words/translate.ts';
import { playRollout, start } from './play-rollout.ts';
import { rowWords } from '../../client/src/views/row-words.ts';
import { deploymentRow, workloadRow } from './rows.ts';

const t = translator();

describe('translation', () => {
  test('numbers are written as the language writes them; what is not translated stays English', () => {
    expect(translator({ '{0} pods': '{0} Pods' }, 'de')('{0} pods', 12_345)).toBe('12.345 Pods');
    expect(translator({}, 'ja')('{0} pods', 12_345)).toBe('12,345 pods');
    expect(t('{0} and {1}', 'a')).toBe('a and {1}');
    expect(t('{0}', '$& {1}')).toBe('$& {1}');
  });
});

describe('durations and ages', () => {
  test.each([
    [0, '0 s'],
    [352, '0.35 s'],
    [5_460, '5.5 s'],
    [42_400, '42 s'],
    [185_000, '3 m 5 s'],
    [180_000, '3 m'],
    [7_800_000, '2 h 10 m'],
    [200_000_000, '2 d 7 h'],
  ])('%d ms took %s', (ms, words) => expect(duration(t, ms)).toBe(words));

  test.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 m'],
    [7_199_999, '1 h'],
    [200_000_000, '2 d'],
  ])('%d ms ago reads %s', (ms, words) => expect(age(t, ms)).toBe(words));

  test.each([
    [0, '00:00:00'],
    [252_000, '00:04:12'],
    [273_906_000, '3 d 04:05:06'],
  ])('%d ms on the clock are %s', (ms, words) => expect(clockTime(ms)).toBe(words));
});

describe('the headline', () => {
  const words = (view: RolloutView, now = view.timeline.now): string => {
    const { lead, rest } = headline(t, view, now);
    return [lead, ...rest].join(' ');
  };

  test('a finished rollout', () => {
    expect(words(playRollout())).toBe(
      'The rollout took 6.7 s. Never fewer than 5 ready, never more than 8 pods. Most of it was waiting for new pods to become ready.',
    );
    expect(words({ ...playRollout(), timeline: { ...playRollout().timeline, waitingForReadyMs: 1000 } })).not.toContain('waiting');
  });

  test('a running, a paused and a stalled one', () => {
    expect(words(playRollout({ untilMs: 3600 }))).toBe('Rolling out revision 2: 2 of 6 ready. 3.6 s so far. Never fewer than 5 ready, never more than 8 pods.');
    expect(words({ ...playRollout({ untilMs: 3600 }), state: 'paused' })).toBe(
      'The rollout is paused at 2 of 6. Changes wait until it is resumed. 5 pods ready now.',
    );
    const stalled = playRollout({ replicas: 3, surge: 1, unavailable: 0, readyAfterMs: Infinity, untilMs: 25_000, images: ['nginx:1.26', 'nginx:nope'] });
    expect(words(stalled)).toBe('The rollout is stalled at 0 of 3. nginx:nope cannot be pulled (ImagePullBackOff). 3 old pods keep serving.');
  });

  test('the first one has nothing to compare with', () => {
    expect(words(playRollout({ creation: true, readyAfterMs: 1200, apartMs: 0 }))).toBe('All 6 pods were ready after 1.2 s.');
    expect(words(playRollout({ creation: true, replicas: 1, readyAfterMs: 1200 }))).toBe('The pod was ready after 1.2 s.');
    expect(words(playRollout({ creation: true, untilMs: 500 }))).toBe('Starting: 0 of 6 ready. 0.5 s so far.');
  });

  test('a change of replicas and a lost pod are not called a rollout', () => {
    const base = playRollout({ creation: true });
    const adjusted = (decisions: readonly Decision[]): RolloutView => ({
      ...base,
      timeline: { ...base.timeline, decisions, fewestReady: 5, counts: [{ at: start, pods: 6, ready: 5, readyNew: 5 }], to: start + 1000 },
    });
    expect(words(adjusted(base.timeline.decisions))).toBe('Scaled to 6 in 1 s. Never fewer than 5 ready.');
    expect(words(adjusted([]))).toBe('Lost pods were replaced in 1 s. Never fewer than 5 ready.');
  });

  test('no pods wanted', () => expect(words(playRollout({ replicas: 0, surge: 1 }))).toBe('No pods are wanted. Scale it up to see it run.'));
});

describe('decisions', () => {
  const decision = (from: number, to: number, code: string, args: Record<string, number>, trigger?: Decision['trigger']): Decision => ({
    at: start,
    resourceVersion: 1,
    revision: 2,
    replicaSet: 'web-b87cd9dd8',
    from,
    to,
    reason: { code, args: { from, to, ...args } },
    ...(trigger && { trigger }),
  });

  test.each([
    ['Scaled revision 2 up by 3', '6 of at most 8 pods: room for 2 more', decision(0, 3, 'scale-up-new', { total: 9, atMost: 8 })],
    ['Scaled revision 2 up by 2', '6 of at most 8 pods: room for 2 more', decision(0, 2, 'create-replicaset', { replicas: 2, total: 8, atMost: 8 })],
    ['Scaled revision 2 down by 1', '6 available, at least 5: 1 may go', decision(3, 2, 'scale-down-old', { available: 6, atLeast: 5 })],
    ['Scaled revision 2 down by 2', '2 of its pods are not available: they go first', decision(3, 1, 'scale-down-unhealthy', { available: 1, most: 2 })],
    ['Scaled revision 2 down by 3', 'all old pods stop before new ones start', decision(3, 0, 'recreate-scale-down', {})],
  ])('%s: %s', (what, why, made) => expect(decisionWords(t, made)).toEqual({ what, why: [why] }));

  test('what made the controller look comes last; an unknown code says nothing wrong', () => {
    const trigger = { code: 'pod-ready', args: { pod: 'web-b87cd9dd8-x4k2p' } };
    expect(decisionWords(t, decision(3, 2, 'scale-down-old', { available: 6, atLeast: 5 }, trigger)).why.at(-1)).toBe('because pod x4k2p became ready');
    expect(decisionWords(t, decision(3, 2, 'of-another-version', {}, { code: 'moon', args: {} }))).toEqual({ what: 'Scaled revision 2 down by 1', why: [] });
  });
});

test('a percentage is followed by what it comes to', () => {
  expect(strategyWords(t, { ...playRollout(), maxSurge: '25%', maxUnavailable: '25%' })).toBe('rolling update, max surge 25% (2), max unavailable 25% (1)');
  expect(strategyWords(t, { ...playRollout(), strategy: 'Recreate' })).toBe('recreate: all old pods stop first');
});

test.each([
  [{ ready: 0, updated: 3, revision: 1 }, '3 of 3 starting · revision 1'],
  [{ ready: 3, updated: 3, revision: 1 }, '3 of 3 ready · revision 1'],
  [{ ready: 3, updated: 1, revision: 2 }, '1 of 3 updated · 3 ready · revision 2'],
  [{ ready: 3, updated: 1, revision: 3, stalled: { reason: 'ImagePullBackOff', message: '' } }, 'stalled: 1 of 3 updated · ImagePullBackOff'],
  [{ ready: 3, updated: 0, revision: 2, paused: true }, 'paused: 0 of 3 updated · revision 2'],
])('the lens for %j reads %s', (facts, words) => expect(lensWords(t, deploymentRow({ desired: 3, ...facts }))).toBe(words));

test.each([
  ['3', undefined],
  ['0', undefined],
  ['three', 'A whole number from 0 up, please.'],
  ['-1', 'A whole number from 0 up, please.'],
  ['1000000000', 'At most 20,000 pods (setting drydock.limits.pods).'],
])('replicas typed as %s: %s', (text, problem) => expect(replicasProblem(t, text, 20_000)).toBe(problem));

describe('rows of StatefulSets and their like', () => {
  test.each([
    [workloadRow({ wanted: 3, there: 2, health: 'progressing' }), 'StatefulSet · 2/3 · postgres:16', 'StatefulSet db, 2 of 3 ready, postgres:16'],
    [
      workloadRow({ kind: 'Job', wanted: 5, there: 5, state: { code: 'complete' } }),
      'Job · 5/5 · completed · postgres:16',
      'Job db, 5 of 5 completed, completed, postgres:16',
    ],
    [
      workloadRow({ kind: 'Job', wanted: 5, there: 1, state: { code: 'failed', reason: 'BackoffLimitExceeded' }, health: 'failing' }),
      'Job · 1/5 · BackoffLimitExceeded · postgres:16',
      'Job db, 1 of 5 completed, BackoffLimitExceeded, postgres:16',
    ],
    [
      workloadRow({ kind: 'CronJob', schedule: '* * * * *', state: { code: 'suspended' }, health: 'idle' }),
      'CronJob · * * * * * · suspended · postgres:16',
      'CronJob db, * * * * *, suspended, postgres:16',
    ],
  ])('%#', (row, description, spoken) => expect(rowWords(t, row, start)).toMatchObject({ label: 'db', description, spoken, context: `workload.${row.kind}` }));
});
