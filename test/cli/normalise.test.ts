// The player's normalisation against the reference player's own functions, on the same texts.
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { eventLines, normalise, normaliseText, type RecordedEvent } from '../../server/src/cli/play/normalise.ts';
import { parseGolden, parseScenario } from '../../server/src/cli/play/scenario.ts';

const folder = new URL('../conformance/oracle/scenarios/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.scenario') ? [file.replace(/\.scenario$/, '')] : []));

type Context = { namespace: string; names: Set<string> };

interface Reference {
  normalise(text: string, context: Context): string;
  normaliseText(text: string, context: Context): string;
  eventLines(events: readonly unknown[], context: Context): string;
  parseScenario(text: string): unknown;
  parseGolden(text: string): unknown;
}

/** The reference player as a module that also gives away what it keeps for itself. */
async function reference(): Promise<Reference> {
  const path = join(mkdtempSync(join(tmpdir(), 'drydock-reference-')), 'play.mjs');
  writeFileSync(path, `${read('play.mjs')}\nexport { normalise, eventLines };`);
  return (await import(pathToFileURL(path).href)) as Reference;
}

/** A golden made volatile again: what a player could have printed. */
const volatile = (text: string) =>
  text
    .replaceAll('<namespace>', 's-x')
    .replaceAll('-*****', '-x2k9p')
    .replaceAll('<var>', '2m5s')
    .replaceAll('<time>', '2026-01-02T03:04:05Z')
    .replaceAll('<uid>', '01234567-89ab-4cde-8f01-23456789abcd')
    .replaceAll('<node>', 'node-2')
    .replaceAll('<ip>', '10.1.2.3')
    .replaceAll(' | ', '   ');

const describedEvents = `Name:   web
Events:
  Type     Reason             Age                From                   Message
  ----     ------             ----               ----                   -------
  Normal   Scheduled          <unknown>          default-scheduler      Successfully assigned s-x/web-7bc8f5967c-x2k9p to node-1
  Normal   Pulled             2m                 kubelet                spec.containers{web}: pulled
  Normal   ScalingReplicaSet  5s (x3 over 2m5s)  deployment-controller  Scaled up replica set web-7bc8f5967c from 0 to 3
  Warning  FailedScheduling   2m5s               default-scheduler      0/3 nodes are available
  Normal   SuccessfulCreate   1s                 replicaset-controller  (combined from similar events): Created pod: web-7bc8f5967c-x2k9p
  Normal   SuccessfulCreate   1s                 replicaset-controller  Created pod: web-7bc8f5967c-zzzzz
`;

const tables = `NAMESPACE   NAME                   READY   STATUS    RESTARTS      AGE
s-x         web-7bc8f5967c-zzzzz   1/1     Running   2 (5s ago)    2m5s
s-x         web-7bc8f5967c-bbbbb   1/1     Running   0             <invalid>

NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE
web    ClusterIP   10.96.0.7    <none>        80:30080/TCP   5s
api    ClusterIP   None         <none>        80/TCP         5s
Error from server (NotFound): deployments.apps "nope" not found
Waiting for x
Waiting for x


Duration:   5s
`;

const events: readonly RecordedEvent[] = [
  event('web.10', 'Deployment', 'web', 'ScalingReplicaSet', 'Scaled up replica set web-7bc8f5967c from 0 to 3', 'deployment-controller'),
  event('web-7bc8f5967c.13', 'ReplicaSet', 'web-7bc8f5967c', 'SuccessfulCreate', 'Created pod: web-7bc8f5967c-x2k9p', 'replicaset-controller'),
  event('web-7bc8f5967c.12', 'ReplicaSet', 'web-7bc8f5967c', 'SuccessfulCreate', '(combined from similar events): Created pod: x', 'replicaset-controller', 4),
  event('a.ff', 'Pod', 'web-7bc8f5967c-x2k9p', 'Scheduled', 'Successfully assigned', 'default-scheduler'),
  event('b.fe', 'Pod', 'web-7bc8f5967c-bbbbb', 'Scheduled', 'Successfully assigned', 'default-scheduler'),
  event('b.fd', 'Pod', 'web-7bc8f5967c-bbbbb', 'Pulled', 'pulled', 'kubelet'),
  event('c.1', 'Pod', 'big', 'FailedScheduling', '0/3 nodes', 'default-scheduler', 7),
  event('c.2', 'Pod', 'big', 'FailedScheduling', '0/3 nodes', 'default-scheduler', 1),
];

function event(name: string, kind: string, about: string, reason: string, message: string, component: string, count = 1): RecordedEvent {
  return { metadata: { name }, type: 'Normal', reason, message, count, source: { component }, involvedObject: { kind, name: about } };
}

test('scenarios and goldens are read as the reference player reads them', async () => {
  const { parseScenario: scenarioOf, parseGolden: goldenOf } = await reference();
  expect(names.length).toBeGreaterThan(40);
  for (const name of names) {
    expect(parseScenario(read(`${name}.scenario`)), name).toEqual(scenarioOf(read(`${name}.scenario`)));
    expect(parseGolden(read(`${name}.golden`)), name).toEqual(goldenOf(read(`${name}.golden`)));
  }
});

test('outputs are normalised as the reference player does it', async () => {
  const theirs = await reference();
  const owners = new Set(['web', 'web-7bc8f5967c', 'db', 'sample-deployment-59f8945fdf', 'a.b']);
  const context = { namespace: 's-x', names: owners };
  const recorded = names.flatMap((name) => parseGolden(read(`${name}.golden`)).flatMap(({ variants }) => variants));
  // The reference cannot read the events of a description that it has written itself.
  const rereadable = recorded.filter((text) => !/^Events:$/m.test(text));
  for (const text of [describedEvents, tables, '', 'x\n', ...recorded.map(volatile), ...rereadable]) {
    expect(normalise(text, { namespace: 's-x', owners })).toBe(theirs.normalise(text, context));
    expect(normaliseText(text, { namespace: 's-x', owners })).toBe(theirs.normaliseText(text, context));
  }
  expect(normalise(tables, { namespace: 's-x', owners: new Set() })).toBe(theirs.normalise(tables, { namespace: 's-x', names: new Set() }));
});

test('events are grouped as the reference player does it', async () => {
  const theirs = await reference();
  const owners = new Set(['web', 'web-7bc8f5967c']);
  for (const some of [events, [], events.slice(0, 1), [...events].reverse()])
    expect(eventLines(some, { namespace: 's-x', owners })).toBe(theirs.eventLines(some, { namespace: 's-x', names: owners }));
});
