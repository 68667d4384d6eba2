// Requests that mean nothing, from a seed: one in three is nearly right, so that some get far.
import { Random } from '../../../server/src/cluster/clock/random.ts';
import { kinds, type KindInfo } from '../../../server/src/schema/kinds.ts';

export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Buffer;
  readonly upgrade: boolean;
}

const methods = ['GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'BREW'];
const words = [
  '',
  'default',
  'web',
  'node-1',
  'kube-root-ca.crt',
  '..',
  '%25',
  '%2F',
  'a b',
  'ä',
  '__proto__',
  'constructor',
  'status',
  'scale',
  'binding',
  'finalize',
  'watch',
  'namespaces',
  'x'.repeat(300),
];
const parameters = [
  'watch',
  'limit',
  'continue',
  'labelSelector',
  'fieldSelector',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'allowWatchBookmarks',
  'timeoutSeconds',
  'dryRun',
  'fieldManager',
  'fieldValidation',
  'force',
  'pretty',
  'includeObject',
  'propagationPolicy',
  'gracePeriodSeconds',
];
const values = [
  '',
  'true',
  'false',
  '0',
  '1',
  '-1',
  '1e9',
  '99999999999999999999',
  'a=b',
  'a in (b',
  'a,b',
  '!',
  'metadata.name=web',
  'status.phase!=x',
  'All',
  'Strict',
  'Exact',
  'NotOlderThan',
  'e30',
  'Orphan',
  'Object',
  '\0',
  '☃',
  'x'.repeat(500),
];
const contentTypes = [
  '',
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'text/html',
];
const accepts = [
  '',
  '*/*',
  'application/json',
  'application/yaml',
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
  ';;;',
  'application/json;q=x',
  'image/png',
];
const scalars = [null, true, 0, -1, 1.5, 1e308, '', 'web', '10%', '500m', '2026-01-01T00:00:00Z', [], {}];
const keys = [
  'metadata',
  'spec',
  'status',
  'name',
  'labels',
  'containers',
  'template',
  'replicas',
  'selector',
  'matchLabels',
  'image',
  'ports',
  'data',
  'kind',
  'apiVersion',
  'items',
  '$patch',
  '$setElementOrder/containers',
  'op',
  'path',
  'value',
  'toString',
  '__proto__',
  'generateName',
  'ownerReferences',
  'finalizers',
  'annotations',
  'strategy',
  'rules',
  'subsets',
];

interface Special {
  readonly methods: readonly string[];
  readonly path: string;
  /** Asked for every time. */
  readonly query?: string;
  readonly body?: unknown;
}

const spaced = '/api/v1/namespaces/default';
const pod = `${spaced}/pods/web`;
const container = { name: 'main', image: 'nginx', ports: [{ containerPort: 80 }] };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };
const selector = { matchLabels: { app: 'web' } };
const attributes = { resourceAttributes: { namespace: 'default', verb: 'get', resource: 'pods' } };

const review = (group: string, kind: string, resource: string, spec: unknown): Special => ({
  methods: ['POST'],
  path: `/apis/${group}/v1/${resource}`,
  body: { apiVersion: `${group}/v1`, kind, spec },
});

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: { size: { type: 'integer', minimum: 1, default: 3 }, names: { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' } } },
      'x-kubernetes-validations': [{ rule: 'self.size < 10', message: 'too large' }],
    },
    status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ships.sea.io' },
  spec: {
    group: 'sea.io',
    scope: 'Namespaced',
    names: { plural: 'ships', singular: 'ship', kind: 'Ship' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: schema },
        subresources: { status: {}, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } },
        additionalPrinterColumns: [{ name: 'Size', type: 'integer', jsonPath: '.spec.size' }],
      },
    ],
  },
};

const ship = { apiVersion: 'sea.io/v1', kind: 'Ship', metadata: { name: 'web' }, spec: { size: 4, names: ['a', 'b'] } };
const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'web' }, spec: { replicas: 2 } };
const policy = { matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }] } };

const specials: readonly Special[] = [
  {
    methods: ['POST'],
    path: `${spaced}/pods`,
    body: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels: { app: 'web' } }, spec: template.spec },
  },
  { methods: ['GET'], path: `${pod}/log` },
  { methods: ['GET', 'POST'], path: `${pod}/exec`, query: 'command=sh&stdin=true&stdout=true' },
  { methods: ['GET', 'POST'], path: `${pod}/attach`, query: 'stdout=true' },
  { methods: ['GET', 'POST'], path: `${pod}/portforward` },
  { methods: ['GET', 'PUT', 'DELETE'], path: `${pod}/proxy/index.html` },
  { methods: ['GET'], path: `${spaced}/services/web/proxy/` },
  {
    methods: ['POST'],
    path: `${pod}/eviction`,
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'web' }, deleteOptions: { gracePeriodSeconds: 0 } },
  },
  {
    methods: ['POST'],
    path: `${pod}/binding`,
    body: { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'web' }, target: { kind: 'Node', name: 'node-1' } },
  },
  {
    methods: ['GET', 'PUT', 'PATCH'],
    path: `${pod}/ephemeralcontainers`,
    body: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { ephemeralContainers: [{ name: 'debug', image: 'busybox' }] } },
  },
  { methods: ['GET', 'PUT', 'PATCH'], path: `${pod}/resize`, body: { spec: { containers: [{ name: 'main', resources: { requests: { cpu: '1' } } }] } } },
  {
    methods: ['POST'],
    path: `${spaced}/serviceaccounts/default/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: ['a'], expirationSeconds: 600 } },
  },
  review('authentication.k8s.io', 'TokenReview', 'tokenreviews', { token: 'a.b.c', audiences: ['a'] }),
  review('authentication.k8s.io', 'SelfSubjectReview', 'selfsubjectreviews', undefined),
  review('authorization.k8s.io', 'SubjectAccessReview', 'subjectaccessreviews', { user: 'anna', groups: ['a'], ...attributes }),
  review('authorization.k8s.io', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews', attributes),
  review('authorization.k8s.io', 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', { namespace: 'default' }),
  {
    methods: ['POST', 'PUT'],
    path: '/apis/apps/v1/namespaces/default/deployments',
    body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 2, selector, template } },
  },
  { methods: ['GET', 'PUT', 'PATCH'], path: '/apis/apps/v1/namespaces/default/deployments/web/scale', body: scale },
  {
    methods: ['GET', 'PUT', 'PATCH'],
    path: '/apis/apps/v1/namespaces/default/deployments/web/status',
    body: { metadata: { name: 'web' }, status: { replicas: 2, conditions: [{ type: 'Available', status: 'True' }] } },
  },
  { methods: ['POST'], path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body: definition },
  { methods: ['PUT', 'PATCH', 'GET'], path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ships.sea.io', body: definition },
  { methods: ['PUT', 'PATCH'], path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ships.sea.io/status', body: definition },
  { methods: ['POST', 'GET'], path: '/apis/sea.io/v1/namespaces/default/ships', body: ship },
  { methods: ['PUT', 'PATCH', 'GET', 'DELETE'], path: '/apis/sea.io/v1/namespaces/default/ships/web', body: ship },
  { methods: ['PUT', 'PATCH', 'GET'], path: '/apis/sea.io/v1/namespaces/default/ships/web/scale', body: scale },
  { methods: ['PUT', 'PATCH'], path: '/apis/sea.io/v1/namespaces/default/ships/web/status', body: { ...ship, status: { size: 2 } } },
  {
    methods: ['PUT'],
    path: '/api/v1/namespaces/web/finalize',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' }, spec: { finalizers: [] } },
  },
  {
    methods: ['POST', 'PUT'],
    path: '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers',
    body: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        maxReplicas: 3,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
      },
    },
  },
  {
    methods: ['POST'],
    path: `${spaced}/replicationcontrollers`,
    body: { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'web' }, spec: { replicas: 2, template } },
  },
  {
    methods: ['POST', 'PUT'],
    path: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies',
    body: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'web' },
      spec: { ...policy, validations: [{ expression: 'object.metadata.name.size() > 3' }] },
    },
  },
  {
    methods: ['POST'],
    path: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings',
    body: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'web' },
      spec: { policyName: 'web', validationActions: ['Deny'] },
    },
  },
];

const streamParameters = [
  'command=ls',
  'command=sh',
  'command=',
  'stdin=true',
  'stdout=true',
  'stderr=1',
  'tty=true',
  'container=main',
  'container=x',
  'follow=true',
  'tailLines=3',
  'tailLines=-1',
  'sinceSeconds=1',
  'sinceTime=x',
  'limitBytes=0',
  'previous=true',
  'timestamps=true',
  'ports=80',
  'ports=x',
  'ports=99999',
];

export class Fuzzer {
  readonly #random: Random;
  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  pick<T>(of: readonly T[]): T {
    return of[this.#random.int(of.length)]!;
  }

  chance(oneIn: number): boolean {
    return this.#random.int(oneIn) === 0;
  }

  times<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.#random.int(most + 1) }, make);
  }

  request(): FuzzRequest {
    if (this.chance(4)) return this.special();
    const [kind, isSensible] = [this.pick(kinds), this.chance(3)];
    return {
      method: this.pick(methods),
      url: `${this.path(kind, isSensible)}?${isSensible ? '' : this.query()}`,
      contentType: isSensible ? 'application/json' : this.pick(contentTypes),
      accept: isSensible ? '' : this.pick(accepts),
      body: this.body(kind, isSensible),
      upgrade: false,
    };
  }

  /** A subresource, a review, a definition or an object of a custom kind: the right thing, mostly, with something wrong in it. */
  special(): FuzzRequest {
    const { methods: fitting, path, query: always = '', body } = this.pick(specials);
    const isWhole = this.chance(3);
    const method = this.chance(6) ? this.pick(methods) : this.pick(fitting);
    const query = [always, ...(isWhole ? [] : [this.query()]), ...this.times(3, () => this.pick(streamParameters))].filter(Boolean).join('&');
    return {
      method,
      url: `${path}?${query}`,
      contentType: method === 'PATCH' ? this.pick(contentTypes.slice(4)) : this.chance(10) ? this.pick(contentTypes) : 'application/json',
      accept: this.chance(5) ? this.pick(accepts) : '',
      body: Buffer.from(JSON.stringify(isWhole ? body : this.damaged(body)) ?? ''),
      upgrade: this.chance(2),
    };
  }

  /** The same with some of it left out, replaced or added to. */
  damaged(value: unknown): unknown {
    if (this.chance(8)) return this.value(4);
    if (Array.isArray(value))
      return [...value.filter(() => !this.chance(8)).map((item) => this.damaged(item)), ...this.times(this.chance(6) ? 2 : 0, () => this.value(3))];
    if (typeof value !== 'object' || value === null) return this.chance(8) ? this.pick(scalars) : value;
    const kept = Object.entries(value).filter(() => !this.chance(10));
    const more = this.chance(5) ? [[this.pick(keys), this.value(3)] as const] : [];
    return Object.fromEntries([...kept.map(([key, part]) => [key, this.damaged(part)] as const), ...more]);
  }

  path(kind: KindInfo, isSensible: boolean): string {
    if (!isSensible && this.chance(8))
      return `/${this.times(6, () => this.pick(['api', 'apis', 'v1', 'apps', 'openapi', 'v3', 'healthz', 'drydock', 'clock', ...words])).join('/')}`;
    const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
    const scope = kind.namespaced && (isSensible || this.chance(2)) ? `/namespaces/${isSensible ? 'default' : this.pick(words)}` : '';
    return [`${root}${scope}/${kind.resource}`, ...this.times(isSensible ? 1 : 3, () => this.pick(isSensible ? ['web'] : words))].join('/');
  }

  query(): string {
    return this.times(4, () => `${this.pick(parameters)}=${encodeURIComponent(this.pick(values))}`).join('&');
  }

  value(depth = 0): unknown {
    if (depth > 5 || this.chance(3)) return this.pick(scalars);
    if (this.chance(3)) return this.times(3, () => this.value(depth + 1));
    return Object.fromEntries(this.times(5, () => [this.pick(keys), this.value(depth + 1)]));
  }

  body(kind: KindInfo, isSensible: boolean): Buffer {
    if (!isSensible && this.chance(3)) return Buffer.from(this.times(40, () => this.#random.int(256)));
    if (!isSensible && this.chance(5)) return Buffer.concat([Buffer.from('k8s\0'), Buffer.from(this.times(60, () => this.#random.int(256)))]);
    const named = { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name: isSensible ? 'web' : this.pick(words) } };
    const value = isSensible && this.chance(2) ? named : this.chance(4) ? this.value() : { ...named, spec: this.value() };
    const text = JSON.stringify(value) ?? '';
    return Buffer.from(!isSensible && this.chance(8) ? text.slice(0, this.#random.int(text.length + 1)) : text);
  }
}
