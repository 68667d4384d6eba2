// Autoscalers on a whole cluster, in virtual time. What they say without metrics is recorded (hpa-without-metrics.scenario).
import { describe, expect, test } from 'vitest';
import type { AutoscalingV2HorizontalPodAutoscaler as Autoscaler } from '../../../../server/src/schema/generated/types.ts';
import { metricsService } from '../../../../server/src/cluster/metrics/metrics-api.ts';
import { Story } from '../story.ts';

const cpu = (averageUtilization: number) => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } });

function story({ load = '80m', replicas = 2, spec = {}, metrics = true } = {}): Story {
  const made = new Story();
  if (metrics) made.cluster.request({ verb: 'create', resource: 'apiservices', group: 'apiregistration.k8s.io', body: metricsService });
  const template = {
    metadata: { labels: { app: 'web' }, annotations: { 'drydock.dev/cpu': load } },
    spec: { containers: [{ name: 'main', image: 'a', resources: { requests: { cpu: '100m' } } }] },
  };
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };
  made.create('deployments', 'apps', { ...deployment, spec: { replicas, selector: { matchLabels: { app: 'web' } }, template } });
  autoscale(made, spec);
  return made;
}

function autoscale(to: Story, spec: object, name = 'web'): void {
  to.create('horizontalpodautoscalers', 'autoscaling', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 10, metrics: [cpu(50)], ...spec },
  });
}

const get = (from: Story, name = 'web') => from.cluster.store.get<Autoscaler>('horizontalpodautoscalers.autoscaling', 'default', name)!;
const conditions = (from: Story, name = 'web') => (get(from, name).status.conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`);
const size = (from: Story) => from.deployment().spec.replicas;

function load(story: Story, text: string): void {
  story.change({ spec: { template: { metadata: { annotations: { 'drydock.dev/cpu': text } } } } });
}

describe('[HA1] an autoscaler with metrics', () => {
  test('grows step by step to its maximum, and says so', () => {
    const one = story();
    expect(size(one.after(14_999))).toBe(2);
    // 15 s: pods are not measured yet. 30 s: 80 % of 50 %, so ceil(1.6 · 2) = 4.
    expect(size(one.after(15_001))).toBe(4);
    expect(get(one).status).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 4,
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 80, averageValue: '80m' } } }],
    });
    expect(conditions(one)).toEqual(['AbleToScale=True SucceededRescale', 'ScalingActive=True ValidMetricFound', 'ScalingLimited=False DesiredWithinRange']);
    one.after(600_000);
    expect(size(one)).toBe(10);
    expect(conditions(one)).toEqual(['AbleToScale=True ReadyForNewScale', 'ScalingActive=True ValidMetricFound', 'ScalingLimited=True TooManyReplicas']);
    expect(one.events('HorizontalPodAutoscaler')).toContain(
      'Normal SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of request) above target',
    );
  });

  test('shrinks when five minutes have asked for less', () => {
    const one = story({ load: '50m', replicas: 4 });
    one.after(120_000);
    expect(size(one)).toBe(4);
    load(one, '10m');
    one.after(150_000);
    expect(size(one)).toBe(4);
    expect(conditions(one)).toContain('AbleToScale=True ScaleDownStabilized');
    one.after(300_000);
    expect(size(one)).toBe(1);
    expect(one.events('HorizontalPodAutoscaler').at(-1)).toMatch(/^Normal SuccessfulRescale New size: \d; reason: All metrics below target/);
  });

  test('keeps to its policies', () => {
    const behavior = { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } };
    const one = story({ spec: { behavior } });
    expect(size(one.after(30_000))).toBe(3);
    expect(conditions(one)).toContain('ScalingLimited=True ScaleUpLimit');
    expect(size(one.after(45_000))).toBe(3);
    expect(size(one.after(45_000))).toBe(4);
  });

  test('a fork goes on as the original does', () => {
    const one = story({ spec: { behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } } } });
    one.after(40_000);
    const other = one.cluster.fork();
    one.after(300_000);
    other.advance(300_000);
    expect([...other.store.collection('horizontalpodautoscalers.autoscaling')]).toEqual([
      ...one.cluster.store.collection('horizontalpodautoscalers.autoscaling'),
    ]);
  });

  test('of several metrics the one that asks for most counts; one that is missing only forbids to shrink', () => {
    const absent = { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } } };
    const up = story({ spec: { metrics: [absent, cpu(50)] } }).after(30_000);
    expect([size(up), conditions(up)[1]]).toEqual([4, 'ScalingActive=True ValidMetricFound']);
    const down = story({ load: '10m', replicas: 4, spec: { metrics: [absent, cpu(50)] } }).after(600_000);
    expect([size(down), conditions(down)[1]]).toEqual([4, 'ScalingActive=False FailedGetPodsMetric']);
    expect(down.events('HorizontalPodAutoscaler').join('\n')).toContain(
      'Warning FailedComputeMetricsReplicas invalid metrics (1 invalid out of 2), first error is: failed to get pods metric value: unable to get metric rps: ' +
        'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
    );
  });
});

describe('[HA2] an autoscaler whose target', () => {
  test('is not there', () => {
    const one = story({ spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' } } }).after(30_000);
    expect(get(one).status.conditions).toMatchObject([
      { type: 'AbleToScale', status: 'False', message: `the HPA controller was unable to get the target's current scale: deployments.apps "api" not found` },
    ]);
    expect(one.events('HorizontalPodAutoscaler')).toEqual(['Warning FailedGetScale deployments.apps "api" not found ×2']);
  });

  test('is of a kind that nobody knows, or that has no size', () => {
    const message = (ref: object) => get(story({ spec: { scaleTargetRef: { name: 'x', ...ref } } }).after(15_000)).status.conditions?.[0]?.message;
    const what = "the HPA controller was unable to get the target's current scale: ";
    expect(message({ apiVersion: 'b.io/v1', kind: 'Boat' })).toBe(`${what}no matches for kind "Boat" in group "b.io"`);
    expect(message({ apiVersion: 'apps/v1', kind: 'DaemonSet' })).toBe(`${what}the server could not find the requested resource`);
  });

  test('was put to zero stays there', () => {
    const one = story({ replicas: 0 }).after(60_000);
    expect([size(one), conditions(one)]).toEqual([0, ['AbleToScale=True SucceededGetScale', 'ScalingActive=False ScalingDisabled']]);
  });

  test('is above the maximum is brought down without a look at metrics', () => {
    const one = story({ replicas: 12, metrics: false }).after(15_000);
    expect([size(one), one.events('HorizontalPodAutoscaler')]).toEqual([
      10,
      ['Normal SuccessfulRescale New size: 10; reason: Current number of replicas above Spec.MaxReplicas'],
    ]);
  });

  test('has another autoscaler', () => {
    const one = story();
    autoscale(one, {}, 'rival');
    one.after(60_000);
    expect(conditions(one)).toContain('ScalingActive=False AmbiguousSelector');
    expect(one.events('HorizontalPodAutoscaler').join('\n')).toContain('pods by selector app=web are controlled by multiple HPAs: [default/rival default/web]');
  });
});
