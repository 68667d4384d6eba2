// Thousands of requests that mean nothing: every one is answered with a Status (or a page), none with our own mistake.
import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { Random } from '../../server/src/cluster/clock/random.ts';
import { kinds, type KindInfo } from '../../server/src/schema/kinds.ts';
import type { Answer } from '../../server/src/apiserver/answer.ts';
import { frontOf } from './support/front.ts';

const requests = Number(process.env['DRYDOCK_FUZZ'] ?? 3_000);
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

class Fuzzer {
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

  /** A request; one in three is nearly right. */
  request() {
    const [kind, isSensible] = [this.pick(kinds), this.chance(3)];
    return {
      method: this.pick(methods),
      url: `${this.path(kind, isSensible)}?${isSensible ? '' : this.query()}`,
      contentType: isSensible ? 'application/json' : this.pick(contentTypes),
      accept: isSensible ? '' : this.pick(accepts),
      body: this.body(kind, isSensible),
    };
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

/** What a client would see at once: the answer, the last event, the beginning of the log, or that the protocol changes. */
function drain(answer: Answer): { code: number; body: string | Buffer } {
  if ('upgrade' in answer) return { code: 101, body: '' };
  if ('log' in answer) return { code: 200, body: answer.log.read() };
  if (!('watch' in answer)) return answer;
  let body = '';
  for (let line = answer.watch.next(); line !== undefined; line = answer.watch.next()) body = line;
  return { code: 200, body };
}

test.each([1, 2, 3])(`[fuzz] seed %i: ${requests} requests, each answered`, (seed) => {
  const front = frontOf(new Cluster({ seed }));
  const fuzzer = new Fuzzer(seed);
  const codes = new Map<number, number>();
  for (let i = 0; i < requests; i++) {
    const asked = fuzzer.request();
    const about = `seed ${seed}, request ${i}: ${asked.method} ${asked.url} ${asked.contentType} ${asked.accept} ${JSON.stringify(asked.body.toString())}`;
    let answered: ReturnType<typeof drain>;
    try {
      answered = drain(front.answer(asked.method, asked.url, asked));
    } catch (error) {
      throw new Error(about, { cause: error });
    }
    codes.set(answered.code, (codes.get(answered.code) ?? 0) + 1);
    expect(answered.code, about).toSatisfy((code: number) => code >= 200 && code < 600);
    if (fuzzer.chance(50)) front.cluster.advance(1_000);
  }
  // The fuzzer reaches past the front door: much is refused for many reasons, and something succeeds.
  expect([...codes.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 404, 405, 406, 415, 422]));
});
