// Cases from TestAnnotationUtils, TestReplicasAnnotationsNeedUpdate and TestGetNonNegativeInt32FromAnnotation (deployment_util_test.go) of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { annotationsOfNewSet, extendHistory, maxRevision, withSizes, writtenSize } from '../../../../server/src/cluster/controllers/deployment/annotations.ts';
import { boundsOf } from '../../../../server/src/cluster/controllers/deployment/bounds.ts';
import { isSaturated } from '../../../../server/src/cluster/controllers/deployment/replica-sets.ts';
import { deployment, replicaSet } from '../builders.ts';

const revision = 'deployment.kubernetes.io/revision';
const history = 'deployment.kubernetes.io/revision-history';
const desired = 'deployment.kubernetes.io/desired-replicas';
const most = 'deployment.kubernetes.io/max-replicas';

describe('[DA1] annotations of the new ReplicaSet', () => {
  const of = (deploymentHas: Record<string, string>, setHas: Record<string, string>, newRevision: number) =>
    annotationsOfNewSet(deployment({ annotations: deploymentHas }), replicaSet('set', { annotations: setHas }), newRevision);

  test('all of the Deployment but the six that are not copied', () => {
    const notCopied = {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      [revision]: '7',
      [history]: '1',
      [desired]: '1',
      [most]: '1',
      'deprecated.deployment.rollback.to': '1',
    };
    expect(of({ ...notCopied, 'kubernetes.io/change-cause': 'why', other: 'x' }, { kept: 'y' }, 3)).toEqual({
      kept: 'y',
      'kubernetes.io/change-cause': 'why',
      other: 'x',
      [revision]: '3',
    });
  });
  test('a revision only grows', () => expect(of({}, { [revision]: '5' }, 3)).toEqual({ [revision]: '5' }));
  test('a revision that it had goes into the history', () => expect(of({}, { [revision]: '1' }, 3)).toEqual({ [revision]: '3', [history]: '1' }));
  test('and after those before', () => expect(of({}, { [revision]: '3', [history]: '1' }, 5)).toEqual({ [revision]: '5', [history]: '1,3' }));
  test('nothing to change: the same object', () => {
    const annotations = { [revision]: '3', a: 'b' };
    expect(of({ a: 'b' }, annotations, 3)).toBe(annotations);
  });
  test('an unreadable revision is left alone', () => expect(of({ a: 'b' }, { [revision]: 'x' }, 3)).toEqual({ [revision]: 'x' }));
});

test('[DA2] a history that grows too long loses its oldest revisions', () => {
  let text = '';
  const seen: string[] = [];
  for (let number = 10; number < 20; number++) seen.push((text = extendHistory(text, String(number), 5)));
  expect(seen).toEqual(['10', '10,11', '11,12', '12,13', '13,14', '14,15', '15,16', '16,17', '17,18', '18,19']);
  expect(extendHistory('1', '123456', 5)).toBe('1');
});

describe('[DA3] sizes written down', () => {
  const bounds = boundsOf(deployment({ replicas: 10, surge: 10, unavailable: 0 }));
  const written = { [desired]: '10', [most]: '20' };
  test.each([
    ['none', undefined],
    ['another desired', { [desired]: '8', [most]: '20' }],
    ['another most', { [desired]: '10', [most]: '16' }],
  ])('%s: written', (_, annotations) => expect(withSizes(annotations, bounds)).toEqual(written));
  test('the same: the same object', () => expect(withSizes(written, bounds)).toBe(written));

  test.each([
    [undefined, undefined],
    ['invalid', undefined],
    ['-1', undefined],
    ['0', 0],
    ['13', 13],
    ['2147483647', 2147483647],
    ['2147483648', undefined],
    ['4294967296', undefined],
    ['', undefined],
  ])('%s reads as %s', (text, expected) =>
    expect(writtenSize(replicaSet('set', { annotations: text === undefined ? {} : { [most]: text } }), most)).toBe(expected),
  );
});

test('[DA4] the highest revision; unreadable ones do not count', () => {
  const set = (text?: string) => replicaSet('set', { annotations: text === undefined ? {} : { [revision]: text } });
  expect(maxRevision([])).toBe(0);
  expect(maxRevision([set(), set('3'), set('x'), set('2')])).toBe(3);
});

test('[DA5] saturated: all pods, all available, and meant so', () => {
  const saturated = (replicas: number, availableReplicas: number, text: string) =>
    isSaturated(deployment({ replicas: 2 }), replicaSet('set', { replicas, annotations: { [desired]: text }, status: { availableReplicas } }));
  expect(saturated(2, 2, '2')).toBe(true);
  expect(saturated(1, 2, '2')).toBe(false);
  expect(saturated(2, 1, '2')).toBe(false);
  expect(saturated(2, 2, '3')).toBe(false);
  expect(isSaturated(deployment({ replicas: 0 }), undefined)).toBe(false);
});
