import { describe, expect, test } from 'vitest';
import { historyOf, surplusRevisions, type HistoryStep } from '../../../../server/src/cluster/controllers/daemon-set/history.ts';
import { revisionData } from '../../../../server/src/cluster/controllers/history/revision-hash.ts';
import type { ControllerRevision, DaemonSet } from '../../../../server/src/schema/generated/types.ts';
import { at } from '../builders.ts';
import { daemonPod, daemonSet } from './builders.ts';

const withImage = (image: string): DaemonSet => daemonSet({ containers: [{ name: 'main', image, resources: {} }] });

const revision = (name: string, number: number, image: string, label: string | null = name): ControllerRevision => ({
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata: {
    name,
    namespace: 'default',
    uid: name,
    resourceVersion: '1',
    creationTimestamp: at(0),
    labels: { app: 'agent', ...(label && { 'controller-revision-hash': label }) },
  },
  data: revisionData(withImage(image).spec.template) as NonNullable<ControllerRevision['data']>,
  revision: number,
});

const nobody = () => undefined;
const told = (steps: readonly HistoryStep[]) =>
  steps.map((step) => {
    switch (step.step) {
      case 'create':
        return `create ${step.draft.revision}`;
      case 'update':
        return `update ${step.revision.metadata.name} to ${step.revision.revision} ${step.revision.metadata.labels!['controller-revision-hash']}`;
      case 'delete':
        return `delete ${step.revision.metadata.name}`;
      case 'relabel':
        return `relabel ${step.pod.metadata.name} ${step.pod.metadata.labels!['controller-revision-hash']}`;
      case 'status':
        return `collisions ${step.set.status.collisionCount}`;
    }
  });

describe('[DS9] revisions', () => {
  test('a template that is new gets the next number, the labels of its pods and the annotations of the set', () => {
    const set = { ...withImage('b'), metadata: { ...withImage('b').metadata, annotations: { note: 'x' } } };
    const { current, old, steps } = historyOf(set, [revision('one', 4, 'a')], [], nobody);
    expect(current).toBeUndefined();
    expect(old.map(({ metadata }) => metadata.name)).toEqual(['one']);
    expect(told(steps)).toEqual(['create 5']);
    const { draft } = steps[0] as Extract<HistoryStep, { step: 'create' }>;
    const label = draft.metadata.labels!['controller-revision-hash']!;
    expect(draft.metadata).toMatchObject({
      name: `agent-${label}`,
      labels: { app: 'agent' },
      annotations: { note: 'x' },
      ownerReferences: [{ kind: 'DaemonSet', uid: 'agent', controller: true }],
    });
    expect(draft.data).toEqual(revisionData(set.spec.template));
  });
  test('the one of the template is the current one', () => {
    const [a, b] = [revision('a', 1, 'a'), revision('b', 2, 'b')];
    expect(historyOf(withImage('b'), [a, b], [], nobody)).toEqual({ current: b, old: [a], steps: [] });
  });
  test('going back gives the old revision a new number', () => {
    expect(told(historyOf(withImage('a'), [revision('a', 1, 'a'), revision('b', 2, 'b')], [], nobody).steps)).toEqual(['update a to 3 a']);
  });
  test('of several for one template the newest stays, and the pods are said to be of it', () => {
    const pods = [daemonPod('x+', 'first'), daemonPod('y+', 'second')];
    expect(told(historyOf(withImage('a'), [revision('x', 1, 'a'), revision('y', 2, 'a')], pods, nobody).steps)).toEqual(['relabel first y', 'delete x']);
  });
  test('one from before there were hashes has its name for a hash', () => {
    expect(told(historyOf(withImage('a'), [revision('agent-1', 1, 'a', null)], [], nobody).steps)).toEqual(['update agent-1 to 1 agent-1']);
  });
  test('a name that another template has is a collision, and the next hash another one', () => {
    const set = withImage('a');
    expect(told(historyOf(set, [], [], (name) => revision(name, 1, 'other')).steps)).toEqual(['collisions 1']);
    const after = { ...set, status: { ...set.status, collisionCount: 1 } };
    const nameOf = (one: DaemonSet) => (historyOf(one, [], [], nobody).steps[0] as Extract<HistoryStep, { step: 'create' }>).draft.metadata.name;
    expect(nameOf(after)).not.toBe(nameOf(set));
  });
  test('a name that the same template has serves as well, whoever controls it', () => {
    expect(historyOf(withImage('a'), [], [], (name) => revision(name, 1, 'a')).current?.data).toBeDefined();
  });
});

describe('[DS10] the oldest revisions beyond the limit go, without those that pods are of', () => {
  const old = [4, 2, 1, 3].map((number) => revision(`r${number}`, number, String(number)));
  test.each([
    [10, [], []],
    [4, [], []],
    [2, [], ['delete r1', 'delete r2']],
    [0, [], ['delete r1', 'delete r2', 'delete r3', 'delete r4']],
    [2, ['r1+'], ['delete r2', 'delete r3']],
    [1, ['r1+', 'r2x', 'r3F'], ['delete r4']],
  ])('limit %i, pods %j: %j', (revisionHistoryLimit, pods, expected) => {
    const set = daemonSet({}, { revisionHistoryLimit });
    expect(
      told(
        surplusRevisions(
          set,
          old,
          pods.map((text) => daemonPod(text)),
        ),
      ),
    ).toEqual(expected);
  });
});
