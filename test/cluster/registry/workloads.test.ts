// What the registry makes of workloads beyond their rules: generated selectors, generations, and one object in two versions.
import { describe, expect, test } from 'vitest';
import { checkDone, Client } from './support/api.ts';

const pod = { containers: [{ name: 'main', image: 'busybox' }] };

describe('jobs', () => {
  const job = (template: object = {}, spec: object = {}) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'pi' },
    spec: { suspend: true, ...spec, template: { ...template, spec: { ...pod, restartPolicy: 'Never' } } },
  });

  test('[W1] the selector is the uid of the job, which its pods carry; a job without labels is labelled like its pods', () => {
    const { metadata, spec } = checkDone(new Client().create(job()), 201) as any;
    const labels = {
      'batch.kubernetes.io/controller-uid': metadata.uid,
      'batch.kubernetes.io/job-name': 'pi',
      'controller-uid': metadata.uid,
      'job-name': 'pi',
    };
    expect(spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': metadata.uid } });
    expect(spec.template.metadata.labels).toEqual(labels);
    expect(metadata.labels).toEqual(labels);
  });

  test('[W2] labels of the template become those of the job, with the generated ones; own labels stay alone', () => {
    const client = new Client();
    const like = checkDone(client.create(job({ metadata: { labels: { a: 'b' } } })), 201);
    expect(like['metadata'].labels).toMatchObject({ a: 'b', 'job-name': 'pi' });
    const own = checkDone(client.create({ ...job({ metadata: { labels: { a: 'b' } } }), metadata: { name: 'own', labels: { c: 'd' } } }), 201);
    expect(own['metadata'].labels).toEqual({ c: 'd' });
  });

  test('[W3] with a manual selector nothing is generated', () => {
    const manual = { manualSelector: true, selector: { matchLabels: { a: 'b' } } };
    const { spec } = checkDone(new Client().create(job({ metadata: { labels: { a: 'b' } } }, manual)), 201) as any;
    expect(spec.template.metadata.labels).toEqual({ a: 'b' });
    expect(spec.selector).toEqual({ matchLabels: { a: 'b' } });
  });
});

describe('DaemonSets', () => {
  const key = 'deprecated.daemonset.template.generation';
  const set = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', annotations: { [key]: '5' } },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: pod } },
  };
  const generations = ({ metadata }: any) => [metadata.generation, metadata.annotations[key]];

  test('[W4] changes of the template are counted in an annotation that nobody else can write', () => {
    const client = new Client();
    expect(generations(checkDone(client.create(set), 201))).toEqual([1, '5']);
    const patch = (body: object) => checkDone(client.patch('daemonsets', 'agent', 'merge', body));
    expect(generations(patch({ spec: { minReadySeconds: 1 } }))).toEqual([2, '5']);
    expect(generations(patch({ spec: { template: { spec: { hostNetwork: true } } } }))).toEqual([3, '6']);
    expect(generations(patch({ metadata: { annotations: { [key]: '99' } } }))).toEqual([3, '6']);
    const { metadata, ...rest } = checkDone(client.get('daemonsets', 'agent'));
    const { annotations: _, ...bare } = metadata;
    expect(generations(checkDone(client.update('daemonsets', 'agent', { ...rest, metadata: bare })))).toEqual([3, '6']);
  });
});

test('[W13] annotations that were numbers once are read with the object', () => {
  const bad = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a', annotations: { 'deprecated.daemonset.template.generation': 'x' } } };
  expect(new Client().create(bad)).toMatchObject({
    code: 400,
    body: { message: 'DaemonSet in version "v1" cannot be handled as a DaemonSet: strconv.ParseInt: parsing "x": invalid syntax' },
  });
});

test('[W5] a write of the status takes metadata along, and nothing of the spec', () => {
  const client = new Client();
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: { replicas: 0, selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: pod } },
  };
  checkDone(client.create(set), 201);
  const body = { metadata: { labels: { x: 'y' } }, spec: { replicas: 3 }, status: { replicas: 2, readyReplicas: 1 } };
  const after = checkDone(client.patch('statefulsets', 'db', 'merge', body, { subresource: 'status' }));
  expect([after['metadata'].labels, after['spec'].replicas, after['status'].readyReplicas]).toEqual([{ x: 'y' }, 0, 1]);
});

describe('HorizontalPodAutoscalers in two versions', () => {
  const v1 = { version: 'v1' } as const;
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const of = (version: string, spec: object) => ({
    apiVersion: `autoscaling/${version}`,
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { scaleTargetRef: target, maxReplicas: 5, ...spec },
  });
  const rps = { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '1k' } } };
  const resource = 'horizontalpodautoscalers';
  const metricsKey = 'autoscaling.alpha.kubernetes.io/metrics';

  test('[W6] what is written in one version is read in the other', () => {
    const client = new Client();
    const made = checkDone(client.create(of('v1', { targetCPUUtilizationPercentage: 60 }), v1), 201);
    expect([made['apiVersion'], made['spec'].targetCPUUtilizationPercentage, made['spec'].minReplicas]).toEqual(['autoscaling/v1', 60, 1]);
    const read = checkDone(client.get(resource, 'web'));
    expect([read['apiVersion'], read['spec'].metrics]).toEqual([
      'autoscaling/v2',
      [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
    ]);
    const listed = client.list(resource, {}, v1).body['items'];
    expect(listed.map((item: any) => [item.apiVersion, item.spec.targetCPUUtilizationPercentage])).toEqual([['autoscaling/v1', 60]]);
  });

  test('[W7] without a target the load of the CPU is 80 % in both', () => {
    const client = new Client();
    expect(checkDone(client.create(of('v1', {}), v1), 201)['spec'].targetCPUUtilizationPercentage).toBe(80);
    expect(
      checkDone(client.create(of('v1', {}), { ...v1, options: { dryRun: true }, body: { ...of('v1', {}), metadata: { name: 'dry' } } }), 201)['spec'],
    ).toMatchObject({ targetCPUUtilizationPercentage: 80 });
  });

  test('[W8] what v1 does not know travels in annotations, which v2 never shows', () => {
    const client = new Client();
    const behavior = { scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } };
    const made = checkDone(client.create(of('v2', { metrics: [rps], behavior })), 201);
    const { annotations } = checkDone(client.get(resource, 'web', v1))['metadata'] as { annotations: Record<string, string> };
    expect(JSON.parse(annotations[metricsKey]!)).toEqual([{ type: 'Pods', pods: { metricName: 'rps', targetAverageValue: '1k' } }]);
    expect(JSON.parse(annotations['autoscaling.alpha.kubernetes.io/behavior']!).ScaleDown).toMatchObject({
      StabilizationWindowSeconds: 60,
      SelectPolicy: 'Max',
    });
    const patched = checkDone(client.patch(resource, 'web', 'merge', { spec: { maxReplicas: 7 } }, v1));
    expect(patched['metadata'].annotations?.[metricsKey]).toBe(annotations[metricsKey]);
    const after = checkDone(client.get(resource, 'web'));
    expect(after['metadata'].annotations).toBeUndefined();
    expect(after['spec']).toEqual({ ...made['spec'], maxReplicas: 7 });
  });

  test('[W9] an update that changes nothing is no commit, in any version', () => {
    const client = new Client();
    checkDone(client.create(of('v2', { metrics: [rps] })), 201);
    const { resourceVersion } = checkDone(client.get(resource, 'web'))['metadata'];
    checkDone(client.update(resource, 'web', checkDone(client.get(resource, 'web', v1)), v1));
    expect(checkDone(client.get(resource, 'web'))['metadata'].resourceVersion).toBe(resourceVersion);
  });

  test('[W10] an annotation that cannot be read counts for nothing', () => {
    const client = new Client();
    for (const [i, text] of ['{', '[5]', '[{"type":5}]', '[{"type":"Pods","pods":{"metricName":"m","targetAverageValue":"x"}}]', 'null'].entries()) {
      const made = client.create({ ...of('v1', {}), metadata: { name: `web-${i}`, annotations: { [metricsKey]: text } } }, v1);
      expect(checkDone(made, 201)['spec'].targetCPUUtilizationPercentage).toBe(80);
    }
  });

  test('[W11] rules speak of the stored version, whatever was sent', () => {
    const { code, body } = new Client().create(of('v1', { maxReplicas: 0, minReplicas: 0 }), v1);
    expect([code, body['details'].causes.map(({ field }: any) => field)]).toEqual([422, ['spec.minReplicas', 'spec.maxReplicas', 'spec.metrics']]);
  });

  test('[W12] a delete answers in the version that was asked', () => {
    const client = new Client();
    checkDone(client.create({ ...of('v2', {}), metadata: { name: 'web', finalizers: ['example.com/x'] } }), 201);
    expect(checkDone(client.delete(resource, 'web', {}, v1))['apiVersion']).toBe('autoscaling/v1');
    expect(checkDone(client.patch(resource, 'web', 'merge', { metadata: { finalizers: null } }, v1))['apiVersion']).toBe('autoscaling/v1');
    expect(client.get(resource, 'web').code).toBe(404);
  });
});
