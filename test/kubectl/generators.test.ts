import { describe, expect, test } from 'vitest';
import { ClusterShell } from './cluster-shell.ts';

const shell = () => new ClusterShell({ 'app.properties': 'color=blue\n', 'env.txt': 'A=1\n# no\nB=two=2\n', 'dir/one': 'x', 'dir/two': 'y' });

/** The object that a generator makes, without its kind. */
function checkMade(line: string, expected: Readonly<Record<string, unknown>>): void {
  const made = JSON.parse(shell().ok(`kubectl create ${line} --dry-run=client -o json`)) as Record<string, unknown>;
  expect(made).toMatchObject(expected);
}

describe('create', () => {
  test('configmap: literals, files, folders, environment files', () => {
    checkMade('configmap c --from-literal=a=b --from-file=app.properties', { data: { a: 'b', 'app.properties': 'color=blue\n' } });
    checkMade('configmap c --from-file=dir --from-file=k=app.properties', { data: { one: 'x', two: 'y', k: 'color=blue\n' } });
    checkMade('configmap c --from-env-file=env.txt', { data: { A: '1', B: 'two=2' } });
    expect(shell().fails('kubectl create configmap c --from-literal=ab')).toBe('error: invalid literal source ab, expected key=value\n');
    expect(shell().fails('kubectl create configmap c --from-file=nope')).toBe('error: error reading nope: no such file or directory\n');
    expect(shell().fails('kubectl create configmap')).toContain('error: exactly one NAME is required, got 0\n');
  });

  test('service: ports have names, types their flags', () => {
    checkMade('service clusterip s --tcp=80:8080', {
      spec: { ports: [{ name: '80-8080', port: 80, targetPort: 8080, protocol: 'TCP' }], selector: { app: 's' }, type: 'ClusterIP' },
    });
    checkMade('service nodeport s --tcp=80 --node-port=30001', { spec: { ports: [{ nodePort: 30001 }], type: 'NodePort' } });
    expect(shell().fails('kubectl create service nodeport s --tcp=80 --external-name=x')).toContain('unknown flag: --external-name');
  });

  test('ingress: hosts, prefixes, certificates', () => {
    checkMade("ingress i '--rule=a.com/x*=web:80,tls=cert' '--rule=a.com/y=web:http'", {
      spec: {
        rules: [
          {
            host: 'a.com',
            http: {
              paths: [
                { path: '/x', pathType: 'Prefix' },
                { path: '/y', pathType: 'Exact', backend: { service: { port: { name: 'http' } } } },
              ],
            },
          },
        ],
        tls: [{ hosts: ['a.com'], secretName: 'cert' }],
      },
    });
  });

  test('role: one rule a group, short names in full', () => {
    checkMade('role r --verb=get --resource=pods,deploy/scale,svc', {
      rules: [
        { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get'] },
        { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get'] },
      ],
    });
    expect(shell().fails('kubectl create role r --verb=get --resource=nope')).toBe('the server doesn\'t have a resource type "nope"\n');
  });

  test('a job as a CronJob would make it', () => {
    const cluster = shell();
    cluster.ok("kubectl create cronjob tick --image=busybox '--schedule=0 0 1 1 *'");
    const job = JSON.parse(cluster.ok('kubectl create job by-hand --from=cronjob/tick --dry-run=client -o json')) as {
      metadata: { annotations: object; ownerReferences: object[] };
    };
    expect(job.metadata.annotations).toEqual({ 'cronjob.kubernetes.io/instantiate': 'manual' });
    expect(job.metadata.ownerReferences).toMatchObject([{ kind: 'CronJob', name: 'tick', controller: true }]);
  });
});
