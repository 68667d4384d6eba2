import { describe, expect, test } from 'vitest';
import { placementOf } from '../../../../server/src/cluster/controllers/daemon-set/placement.ts';
import { daemonTolerations } from '../../../../server/src/cluster/controllers/daemon-set/tolerations.ts';
import type { PodSpec, Taint } from '../../../../server/src/schema/generated/types.ts';
import { daemonSet, node } from './builders.ts';

const required = (...terms: object[]): Partial<PodSpec> => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms as never } } },
});
const taint = (key: string, effect: string): Taint => ({ key, effect });
const own = (name: string, effect: string) => taint(`node.kubernetes.io/${name}`, effect);

describe('[DS1] where a DaemonSet wants a pod', () => {
  test.each<[string, Partial<PodSpec>, Record<string, string>, readonly Taint[], string]>([
    ['anywhere', {}, {}, [], 'run'],
    ['only on the node that the template names', { nodeName: 'other' }, {}, [], 'leave'],
    ['on the node that the template names', { nodeName: 'n' }, {}, [], 'run'],
    ['where the labels are', { nodeSelector: { disk: 'ssd' } }, { disk: 'ssd' }, [], 'run'],
    ['not where they are not', { nodeSelector: { disk: 'ssd' } }, { disk: 'hdd' }, [], 'leave'],
    ['where the affinity is met', required({ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }), { disk: 'ssd' }, [], 'run'],
    ['not where it is not', required({ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }), {}, [], 'leave'],
    ['where the affinity names the node', required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }), {}, [], 'run'],
    ['not where it names another', required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['m'] }] }), {}, [], 'leave'],
    ['nowhere when an empty term asks for nothing', required({}), {}, [], 'leave'],
    ['a NoSchedule taint lets stay what is there', {}, {}, [taint('team', 'NoSchedule')], 'stay'],
    ['a NoExecute taint does not', {}, {}, [taint('team', 'NoExecute')], 'leave'],
    ['both: it does not', {}, {}, [taint('team', 'NoSchedule'), taint('team', 'NoExecute')], 'leave'],
    ['a taint that is only avoided does not matter', {}, {}, [taint('team', 'PreferNoSchedule')], 'run'],
    ['tolerated', { tolerations: [{ operator: 'Exists' }] }, {}, [taint('team', 'NoExecute')], 'run'],
    ['cordoned', {}, {}, [own('unschedulable', 'NoSchedule')], 'run'],
    ['not ready', {}, {}, [own('not-ready', 'NoExecute')], 'run'],
    ['not ready, before it is certain', {}, {}, [own('not-ready', 'NoSchedule')], 'stay'],
    ['under memory pressure', {}, {}, [own('memory-pressure', 'NoSchedule')], 'run'],
    ['without a network', {}, {}, [own('network-unavailable', 'NoSchedule')], 'stay'],
    ['without a network, which it does not need', { hostNetwork: true }, {}, [own('network-unavailable', 'NoSchedule')], 'run'],
  ])('%s', (_title, spec, labels, taints, expected) => {
    expect(placementOf(daemonSet(spec), node('n', labels, taints))).toBe(expected);
  });
});

describe('[DS2] tolerations that its pods have besides their own', () => {
  const added = ['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'];
  const keys = (spec: Partial<PodSpec>) => daemonTolerations({ containers: [], ...spec }).map(({ key }) => key?.replace('node.kubernetes.io/', ''));
  test('come after its own, in this order', () => {
    expect(keys({ tolerations: [{ key: 'team', operator: 'Exists' }] })).toEqual(['team', ...added]);
    expect(keys({ hostNetwork: true })).toEqual([...added, 'network-unavailable']);
  });
  test('take the place of one that differs in its seconds alone', () => {
    const short = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 };
    const [first, ...rest] = daemonTolerations({ containers: [], tolerations: [short] });
    expect(first).toEqual({ key: short.key, operator: 'Exists', effect: 'NoExecute' });
    expect(rest).toHaveLength(5);
  });
  test('are not added twice', () => {
    const same = { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' };
    expect(daemonTolerations({ containers: [], tolerations: [same] })).toHaveLength(6);
    expect(daemonTolerations({ containers: [], tolerations: [{ ...same, effect: 'NoExecute' }] })).toHaveLength(7);
  });
});
