// What the built-in kubectl needs, from a cluster at the other end of a connection and from this machine.
import { readFileSync } from 'node:fs';
import type { PodPlace } from '../../cluster/containers/choose-container.ts';
import type { User } from '../../cluster/authentication/user.ts';
import type { GroupResource } from '../../kube/resource.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Change, KubectlEnvironment } from '../../kubectl/environment.ts';
import type { PortPair } from '../../kubectl/pods.ts';
import { filesIn } from '../local-files.ts';
import type { Access } from '../../apiserver/kubeconfig.ts';
import type { Activity } from './activity.ts';
import type { Connection } from './connection.ts';
import { editText, keepText } from './editor.ts';
import { apiResponse, httpCall, impersonation, pathOf } from './remote.ts';
import { RemotePods } from './remote-pods.ts';
import { RemotePorts } from './remote-ports.ts';
import { StandardInput } from './standard-input.ts';

/** What a watch has to say is gathered for so long at a time. */
const watchMs = 200;
/** How long what the cluster's clock showed is believed: a table asks for every row. */
const clockMs = 100;

export function environmentOf(connection: Connection, access: Access, activity: Activity, kubeconfig: KubectlEnvironment['kubeconfig']): KubectlEnvironment {
  const { ring } = activity;
  const as = (user: User | undefined) => {
    const caller = { ...access, user };
    return {
      changes: (resource: GroupResource, after: string) => changesAfter(connection, resource, after, user),
      containers: new RemotePods(caller, ring),
      forward: (place: PodPlace, ports: readonly PortPair[], addresses: readonly string[]) => new RemotePorts(caller, place, ports, addresses, ring),
    };
  };
  return {
    api: (request) => apiResponse(connection.call(httpCall(request))),
    ...as(undefined),
    as,
    now: clockOf(connection),
    files: filesIn(process.cwd()),
    kubeconfig,
    stdin: () => readFileSync(0, 'utf8'),
    input: () => new StandardInput(ring),
    edit: editText,
    keep: keepText,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    write: (stream, bytes) => void process[stream].write(bytes, 'latin1'),
  };
}

function changesAfter(connection: Connection, resource: GroupResource, after: string, user: User | undefined): readonly Change[] {
  const path = `${pathOf(resource)}?watch=true&resourceVersion=${encodeURIComponent(after)}`;
  return connection
    .call({ method: 'GET', path, collectMs: watchMs, ...(user && { headers: impersonation(user) }) })
    .body.split('\n')
    .flatMap((line) => changeOf(line) ?? []);
}

/** A line that was cut off, a bookmark and an error are no changes. */
function changeOf(line: string): Change | undefined {
  let event: { readonly type: string; readonly object: KubeObject };
  try {
    event = JSON.parse(line) as typeof event;
  } catch {
    return undefined;
  }
  const { type, object } = event;
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return undefined;
  return { type, object, version: object.metadata.resourceVersion };
}

/** A cluster of ours has a time of its own, by which ages are reckoned; any other lives by the wall clock. */
function clockOf(connection: Connection): () => number {
  let shown = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - askedAt < clockMs) return shown;
    const reply = connection.call({ method: 'GET', path: '/drydock/clock' });
    shown = reply.code !== 200 ? Date.now() : (JSON.parse(reply.body) as { now: number }).now;
    askedAt = performance.now();
    return shown;
  };
}
