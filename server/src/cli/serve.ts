// drydock serve: a cluster behind the Kubernetes API on loopback, until it is told to stop.
import { randomBytes } from 'node:crypto';
import { writeKubeconfig } from '../apiserver/kubeconfig.ts';
import { ApiServer } from '../apiserver/server.ts';
import type { Profile } from '../cluster/bootstrap.ts';
import { Cluster } from '../cluster/cluster.ts';
import { metricsService } from '../cluster/metrics/metrics-api.ts';
import { apiBackend } from '../worker/api-backend.ts';
import { LiveClock } from '../worker/live-clock.ts';
import { UsageError, type CliCommand } from './cli-command.ts';
import { readOptions, wholeNumber } from './options.ts';

const help = `drydock serve --kubeconfig FILE [--nodes 3] [--seed N] [--port 0] [--speed 1|max] [--profile minikube] [--metrics]

Serves the Kubernetes API of a fresh cluster on 127.0.0.1 until it is interrupted. Address, certificate and token are
written to FILE, which only you may read; kubectl, helm and other clients work with it:

  export KUBECONFIG=FILE
  kubectl get nodes

  --kubeconfig FILE  where to write the access; a file that is there is replaced
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
  });
  if (values.kubeconfig === undefined) throw new UsageError('serve needs --kubeconfig FILE: where to write how the cluster is reached');
  if (positionals[0] !== undefined) throw new UsageError(`serve takes no argument "${positionals[0]}"`);
  const profile = profileOf(values.profile ?? 'plain');
  const nodes = wholeNumber(values.nodes, 'nodes', profile === 'minikube' ? 1 : 3, 0, mostNodes);
  const seed = wholeNumber(values.seed, 'seed', 1, 0, Number.MAX_SAFE_INTEGER);
  const port = wholeNumber(values.port, 'port', 0, 0, 65_535);
  const speed = speedOf(values.speed ?? '1');
  const stop = stopSignal();
  const { server, clock } = await startCluster({ nodes, seed, port, speed, profile, metrics: values.metrics ?? false });
  try {
    await writeKubeconfig(values.kubeconfig, server.access);
  } catch (error) {
    await server.stop();
    clock.close();
    throw new UsageError(`${values.kubeconfig} cannot be written: ${(error as Error).message}`);
  }
  console.log(`Kubernetes API ready at ${server.access.server}, KUBECONFIG=${values.kubeconfig}`);
  await stop;
  clock.close();
  await server.stop();
  return 0;
}

interface Wanted {
  readonly nodes: number;
  readonly seed: number;
  readonly port: number;
  readonly speed: number | 'max';
  readonly profile: Profile;
  readonly metrics: boolean;
}

async function startCluster({ nodes, seed, port, speed, profile, metrics }: Wanted) {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const cluster = new Cluster({ seed, profile, nodes: { count: nodes }, startAt: now - startsAgoMs, tokenKey: randomBytes(32) });
  if (metrics) cluster.request({ verb: 'create', group: 'apiregistration.k8s.io', resource: 'apiservices', body: metricsService });
  // Who starts minikube waits until it runs.
  if (profile === 'minikube') cluster.settle();
  const clock = new LiveClock(cluster, { now: () => performance.now(), setTimeout, clearTimeout }, speed, () => {});
  try {
    return { server: await ApiServer.start(apiBackend(cluster, clock), { port, now }), clock };
  } catch (error) {
    clock.close();
    throw new UsageError(`port ${port} cannot be opened: ${(error as Error).message}`);
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

const stopSignal = () =>
  new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

export const serve: CliCommand = { summary: 'serves the Kubernetes API of a cluster on this machine', help, run };
