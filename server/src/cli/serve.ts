// drydock serve: a cluster behind the Kubernetes API on loopback, until it is told to stop.
import { randomBytes } from 'node:crypto';
import { writeKubeconfig } from '../apiserver/kubeconfig.ts';
import { ApiServer } from '../apiserver/server.ts';
import type { Profile } from '../cluster/bootstrap.ts';
import { Cluster } from '../cluster/cluster.ts';
import { metricsService } from '../cluster/metrics/metrics-api.ts';
import { apiBackend } from '../worker/api-backend.ts';
import { LiveClock } from '../worker/live-clock.ts';
import { savedState } from '../cluster/saved-state.ts';
import { Autosave } from './data/autosave.ts';
import { DataFolder } from './data/data-folder.ts';
import type { Begun } from './data/state-file.ts';
import { UsageError, type CliCommand } from './cli-command.ts';
import { readOptions, wholeNumber } from './options.ts';

const help = `drydock serve --kubeconfig FILE [--nodes 3] [--seed N] [--port 0] [--speed 1|max] [--profile minikube] [--metrics] [--data DIR]

Serves the Kubernetes API of a cluster on 127.0.0.1 until it is interrupted. Address, certificate and token are
written to FILE, which only you may read; kubectl, helm and other clients work with it:

  export KUBECONFIG=FILE
  kubectl get nodes

  --kubeconfig FILE  where to write the access; a file that is there is replaced
  --data DIR         keep the cluster in this folder: it goes on where it was when it is served again, its time and its
                     random numbers too. It is saved when it ends and, while it changes, every few seconds
  --metrics          with metrics.k8s.io, for kubectl top
  --nodes N          how many nodes there are, 3 unless told otherwise (1 with minikube)
  --profile minikube a cluster as minikube starts it: a node of that name, and its components in kube-system
  --seed N           names and uids are drawn from it
  --port N           0 for any that is free
  --speed N|max      how much faster than the wall clock time passes: 1, 10, 0.5; max for as fast as it goes

"drydock clock" moves its time.
`;

/**
 * Virtual time begins this long before the wall clock. Some clients reckon ages by their own clock (kubectl describe), and once
 * "drydock clock" has moved time ahead, what happens would lie in their future: `<invalid>`.
 */
const startsAgoMs = 7 * 24 * 3_600_000;
const mostNodes = 10_000;
const mostSpeed = 1_000_000;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    kubeconfig: { type: 'string' },
    nodes: { type: 'string' },
    seed: { type: 'string' },
    port: { type: 'string' },
    speed: { type: 'string' },
    profile: { type: 'string' },
    metrics: { type: 'boolean' },
    data: { type: 'string' },
  });
  if (values.kubeconfig === undefined) throw new UsageError('serve needs --kubeconfig FILE: where to write how the cluster is reached');
  if (positionals[0] !== undefined) throw new UsageError(`serve takes no argument "${positionals[0]}"`);
  const profile = profileOf(values.profile ?? 'plain');
  const wanted: Wanted = {
    nodes: wholeNumber(values.nodes, 'nodes', profile === 'minikube' ? 1 : 3, 0, mostNodes),
    seed: wholeNumber(values.seed, 'seed', 1, 0, Number.MAX_SAFE_INTEGER),
    port: wholeNumber(values.port, 'port', 0, 0, 65_535),
    speed: speedOf(values.speed ?? '1'),
    profile,
    metrics: values.metrics ?? false,
  };
  const stop = stopSignal();
  const folder = values.data === undefined ? undefined : await DataFolder.open(values.data);
  try {
    return await serveUntil(stop, values.kubeconfig, wanted, folder, values);
  } finally {
    await folder?.close();
  }
}

interface Wanted extends Begun {
  readonly port: number;
  readonly speed: number | 'max';
  readonly profile: Profile;
  readonly metrics: boolean;
}

/** `given`: the flags as they were given, if they were. */
async function serveUntil(stop: Promise<string>, kubeconfig: string, wanted: Wanted, folder: DataFolder | undefined, given: object): Promise<number> {
  const saved = await folder?.load();
  if (saved) warnOfIgnored(saved.begun, wanted, given);
  const cluster = saved && folder ? folder.goOnFrom(() => new Cluster(saved.cluster)) : freshCluster(wanted);
  const compacted = saved?.compacted ?? cluster.store.resourceVersion;
  if (wanted.metrics) cluster.request({ verb: 'create', group: 'apiregistration.k8s.io', resource: 'apiservices', body: metricsService });
  const clock = new LiveClock(cluster, { now: () => performance.now(), setTimeout, clearTimeout }, wanted.speed, () => {});
  if (saved?.paused) clock.pause();
  const { nodes, seed, profile } = saved?.begun ?? wanted;
  const save = async () => folder?.save({ cluster: savedState(cluster.snapshot()), compacted, paused: clock.state().paused, begun: { nodes, seed, profile } });
  let server: ApiServer | undefined;
  let autosave: Autosave | undefined;
  try {
    await save().catch((error: Error) => fail(`the cluster cannot be saved: ${error.message}`));
    server = await ApiServer.start(apiBackend(cluster, clock), { port: wanted.port, now: wallClock(), compacted }).catch((error: Error) =>
      fail(`port ${wanted.port} cannot be opened: ${error.message}`),
    );
    await writeKubeconfig(kubeconfig, server.access).catch((error: Error) => fail(`${kubeconfig} cannot be written: ${error.message}`));
    console.log(`Kubernetes API ready at ${server.access.server}, KUBECONFIG=${kubeconfig}`);
    if (folder) autosave = new Autosave(cluster, save, (problem) => console.error(`drydock: the cluster could not be saved: ${problem}`));
    console.error(`drydock: stopping (${await stop})`);
  } finally {
    clock.close();
    await server?.stop();
  }
  return lastSave(autosave);
}

function fail(message: string): never {
  throw new UsageError(message);
}

async function lastSave(autosave: Autosave | undefined): Promise<number> {
  try {
    await autosave?.close();
    return 0;
  } catch (error) {
    console.error(`drydock: the cluster could not be saved: ${(error as Error).message}`);
    return 1;
  }
}

const wallClock = () => Math.floor(Date.now() / 1000) * 1000;

function freshCluster({ seed, profile, nodes }: Wanted): Cluster {
  const cluster = new Cluster({ seed, profile, nodes: { count: nodes }, startAt: wallClock() - startsAgoMs, tokenKey: randomBytes(32) });
  // Who starts minikube waits until it runs.
  if (profile === 'minikube') cluster.settle();
  return cluster;
}

/** A cluster that goes on is what it was made as. */
function warnOfIgnored(begun: Begun, wanted: Begun, given: object): void {
  for (const flag of ['nodes', 'seed', 'profile'] as const) {
    if (!Object.hasOwn(given, flag) || begun[flag] === wanted[flag]) continue;
    console.error(`drydock: --${flag} ${wanted[flag]} counts for a fresh cluster only; the one in the folder began with ${begun[flag]}`);
  }
}

function profileOf(text: string): Profile {
  if (text === 'plain' || text === 'minikube') return text;
  throw new UsageError(`--profile takes plain or minikube, not "${text}"`);
}

function speedOf(text: string): number | 'max' {
  if (text === 'max') return 'max';
  const speed = Number(text);
  if (text.trim() === '' || !(speed > 0 && speed <= mostSpeed))
    throw new UsageError(`--speed takes a number above 0 and up to ${mostSpeed}, or max, not "${text}"`);
  return speed;
}

/** The name of the signal that ends it. A terminal that is closed ends it too, in good order; without one (nohup) a hangup means nothing. */
const stopSignal = () =>
  new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', ...(process.stdin.isTTY ? ['SIGHUP'] : [])]) process.once(signal, () => resolve(signal));
  });

export const serve: CliCommand = { summary: 'serves the Kubernetes API of a cluster on this machine', help, run };
