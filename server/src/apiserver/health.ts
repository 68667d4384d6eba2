// /version, /healthz, /livez, /readyz. What a real server checks is all well here as soon as it listens.
import { kubernetesVersion } from '../schema/kinds.ts';
import { pageNotFound, text, type Answer } from './answer.ts';

const [major, minor] = kubernetesVersion.split('.');

const version = {
  major,
  minor,
  emulationMajor: major,
  emulationMinor: minor,
  minCompatibilityMajor: major,
  minCompatibilityMinor: String(Number(minor) - 1),
  gitVersion: `v${kubernetesVersion}`,
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** Unlike all other answers it stands in lines, for people who grep. */
export const answerVersion = (): Answer => ({ code: 200, type: 'application/json', body: JSON.stringify(version, undefined, 2) });

const hook = (name: string) => `poststarthook/${name}`;

const hooks = [
  ...[
    'start-apiserver-admission-initializer',
    'generic-apiserver-start-informers',
    'priority-and-fairness-config-consumer',
    'priority-and-fairness-filter',
    'storage-object-count-tracker-hook',
    'start-apiextensions-informers',
    'start-apiextensions-controllers',
    'crd-informer-synced',
    'start-system-namespaces-controller',
    'peer-endpoint-reconciler-controller',
    'start-cluster-authentication-info-controller',
    'start-kube-apiserver-identity-lease-controller',
    'start-kube-apiserver-identity-lease-garbage-collector',
    'storage-readiness',
    'start-legacy-token-tracking-controller',
    'start-service-ip-repair-controllers',
    'rbac/bootstrap-roles',
    'scheduling/bootstrap-system-priority-classes',
    'priority-and-fairness-config-producer',
    'bootstrap-controller',
    'start-kubernetes-service-cidr-controller',
    'start-kube-aggregator-informers',
    'apiservice-status-local-available-controller',
    'apiservice-status-remote-available-controller',
    'apiservice-registration-controller',
    'apiservice-discovery-controller',
    'kube-apiserver-autoregistration',
  ].map(hook),
  'autoregister-completion',
  ...['apiservice-openapi-controller', 'apiservice-openapiv3-controller'].map(hook),
];

const alive = ['ping', 'log', 'loopback-serving-certificate', 'etcd', ...hooks];

/** The checks behind a path, in the order in which `?verbose` tells of them. */
const checks: Readonly<Record<string, readonly string[]>> = {
  healthz: alive,
  livez: alive,
  readyz: ['ping', 'log', 'etcd', 'etcd-readiness', 'informer-sync', ...hooks, 'shutdown'],
};

/** '/livez', '/livez/ping', …: every page there is. */
export const healthPaths: readonly string[] = Object.entries(checks).flatMap(([root, names]) => [`/${root}`, ...names.map((name) => `/${root}/${name}`)]);

/** Whether there is a check of that name is not told apart from whether there is such a page. */
export function answerHealth([root = '', ...rest]: readonly string[], query: URLSearchParams): Answer {
  const names = checks[root] ?? [];
  if (rest.length > 0) return names.includes(rest.join('/')) ? text(200, 'ok') : pageNotFound();
  return text(200, query.has('verbose') ? report(root, names, query.getAll('exclude')) : 'ok');
}

function report(root: string, names: readonly string[], excluded: readonly string[]): string {
  const lines = names.map((name) => `[+]${name} ${excluded.includes(name) ? 'excluded: ok' : 'ok'}\n`);
  const unknown = excluded.filter((name) => !names.includes(name)).map((name) => `"${name}"`);
  const warning = unknown.length > 0 ? `warn: some health checks cannot be excluded: no matches for ${unknown.join(', ')}\n` : '';
  return `${lines.join('')}${warning}${root} check passed\n`;
}
