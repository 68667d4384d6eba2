// Rules of the kinds that make pods which the recordings (test/conformance) do not show.
import { describe, expect, test } from 'vitest';
import type { Job, JobStatus, StatefulSet } from '../../server/src/schema/generated/types.ts';
import { countIndexes, findOverlap } from '../../server/src/validation/workloads/job-indexes.ts';
import { rehearseJob } from '../../server/src/validation/workloads/job-selector.ts';
import { findingsIn, findingsInStatus, findingsInUpdate, withDefaults } from './objects.ts';

type Fields = Readonly<Record<string, unknown>>;

const pod = { containers: [{ name: 'main', image: 'busybox' }] };

const jobOf = (spec: Fields = {}, podSpec: Fields = {}): Job =>
  rehearseJob(
    withDefaults<Job>({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'pi' },
      spec: { ...spec, template: { spec: { ...pod, restartPolicy: 'Never', ...podSpec } } },
    }),
  );

const setOf = (spec: Fields = {}, podSpec: Fields = {}): StatefulSet =>
  withDefaults<StatefulSet>({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: { selector: { matchLabels: { app: 'db' } }, ...spec, template: { metadata: { labels: { app: 'db' } }, spec: { ...pod, ...podSpec } } },
  });

describe('jobs', () => {
  test('lists of indexes are counted, and refused in the first place that is wrong', () => {
    expect(countIndexes('', 5)).toBe(0);
    expect(countIndexes('0,2-4', 5)).toBe(4);
    expect(countIndexes('1,1', 5)).toEqual({ error: 'non-increasing order, previous: 1, current: 1' });
    expect(countIndexes('3-3', 5)).toEqual({ error: 'non-increasing order, previous: 3, current: 3' });
    expect(countIndexes('0-5', 5)).toEqual({ error: 'too large index: "5"' });
    expect(countIndexes('0-1-2', 5)).toEqual({
      error: `the fragment "0-1-2" violates the requirement that an index interval can have at most two parts separated by '-'`,
    });
    expect(findOverlap('0-2,5', '3-4,5-6', 9)).toBe(5);
    expect(findOverlap('0-2,x', '3-4', 9)).toBeUndefined();
  });

  test('the pods of an Indexed job have longer names than the job', () => {
    const long = { ...jobOf({ completionMode: 'Indexed', completions: 11 }), metadata: { name: 'a'.repeat(61), uid: 'u' } } as Job;
    const wrong = `metadata.name: Invalid value: "${long.metadata.name}": will not able to create pod with invalid DNS label: ${long.metadata.name}-10`;
    expect(findingsIn(long)).toContain(wrong);
  });

  test('an Indexed job grows and shrinks as a whole', () => {
    const before = jobOf({ completionMode: 'Indexed', completions: 3, parallelism: 3 });
    const sized = (completions: number, parallelism: number) => ({ ...before, spec: { ...before.spec, completions, parallelism } });
    expect(findingsInUpdate(sized(5, 5), before)).toEqual([]);
    expect(findingsInUpdate(sized(5, 3), before)).toEqual(['spec.completions: Invalid value: 5: can only be modified in tandem with spec.parallelism']);
  });

  test('the template of a job that runs is fixed; of one that waits, where its pods go and what they ask for is not', () => {
    const next = (job: Job) => ({
      ...job,
      spec: { ...job.spec, template: { ...job.spec.template, spec: { ...job.spec.template.spec, nodeSelector: { disk: 'ssd' } } } },
    });
    const running = { ...jobOf(), status: {} } as Job;
    expect(findingsInUpdate(next(running), running)).toEqual([
      expect.stringMatching(/^spec\.template: Invalid value: \{"labels":.*"Spec":.*: field is immutable$/),
    ]);
    const waiting = { ...jobOf({ suspend: true }), status: {} } as Job;
    expect(findingsInUpdate(next(waiting), waiting)).toEqual([]);
    const stillActive = { ...waiting, status: { active: 1 } } as Job;
    expect(findingsInUpdate(next(stillActive), stillActive)).toHaveLength(1);
  });

  const withStatus = (status: Fields): Job => ({ ...jobOf({ completions: 3 }), status: status as JobStatus });
  const is = (...types: readonly string[]) => types.map((type) => ({ type, status: 'True' }));
  const at = '2026-01-01T00:00:00Z';

  test('a job that has ended says why, since when, and has no pods left', () => {
    const before = withStatus({ startTime: at, active: 1 });
    expect(findingsInStatus(withStatus({ startTime: at, completionTime: at, conditions: is('SuccessCriteriaMet', 'Complete') }), before)).toEqual([]);
    expect(findingsInStatus(withStatus({ active: 1, conditions: is('Complete') }), before)).toEqual([
      'status.completionTime: Required value: completionTime is required for Complete jobs',
      'status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition',
      'status.active: Invalid value: 1: active>0 is invalid for finished job',
      'status.startTime: Required value: startTime is required for finished job',
      'status.startTime: Invalid value: null: field is immutable for unsuspended job once set',
    ]);
  });

  test('what has happened is not undone, and what was wrong before is let be', () => {
    const before = withStatus({ startTime: at, failed: 2, succeeded: 1, conditions: is('FailureTarget', 'Failed') });
    expect(findingsInStatus(withStatus({ startTime: at, failed: 1, succeeded: 0, conditions: is('FailureTarget') }), before)).toEqual([
      'status.conditions: Invalid value: cannot disable the terminal Failed=True condition',
      'status.failed: Invalid value: 1: cannot decrease the failed counter',
      'status.succeeded: Invalid value: 0: cannot decrease the succeeded counter',
    ]);
    const odd = withStatus({ ready: 5, active: 1 });
    expect(findingsInStatus({ ...odd, status: { ...odd.status, failed: 1 } }, odd)).toEqual([]);
  });
});

describe('StatefulSets', () => {
  const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
  const mounted = { containers: [{ ...pod.containers[0], volumeMounts: [{ name: 'data', mountPath: '/d' }] }] };

  test('claims are volumes of the pods, before their own and in place of one with the same name', () => {
    expect(findingsIn(setOf({ volumeClaimTemplates: [claim] }, mounted))).toEqual([]);
    const volumes = [
      { name: 'data', hostPath: { path: '' } },
      { name: 'other', hostPath: { path: '' } },
    ];
    expect(findingsIn(setOf({ volumeClaimTemplates: [claim] }, { ...mounted, volumes }))).toEqual([
      'spec.template.spec.volumes[1].hostPath.path: Required value',
    ]);
  });

  test('hostname and subdomain are overwritten, so they are not looked at', () => {
    expect(findingsIn(setOf({}, { hostname: 'Bad_Name', subdomain: 'Bad_Name' }))).toEqual([]);
  });

  test('the template of a set that was let in with a bad one is not looked at again', () => {
    const bad = (name: string) => setOf({}, { containers: [{ name, image: 'busybox' }] });
    expect(findingsInUpdate(bad('B A D'), bad('B_A_D'))).toEqual([]);
    expect(findingsInUpdate(bad('B A D'), setOf())).not.toEqual([]);
  });

  test('maxUnavailable is dropped, and a negative history is warned of', () => {
    const set = setOf({ updateStrategy: { rollingUpdate: { maxUnavailable: 2 } }, revisionHistoryLimit: -1 });
    expect(set.spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { partition: 0 } });
    expect(findingsIn(set)).toEqual([]);
  });
});
