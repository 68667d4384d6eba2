// Runs the built-in kubectl on the live cluster: where a command waits, it waits for the cluster's own time.
import type { Cluster } from '../cluster/cluster.ts';
import { changesOf } from '../kubectl/changes.ts';
import { localKubeconfig } from '../kubectl/kubeconfig.ts';
import { kubectl } from '../kubectl/kubectl.ts';

export interface KubectlResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Files are out of reach: what a command needs comes by stdin. */
const files = {
  read: (path: string) => ({ error: `${path}: files cannot be read here; use -f - and standard input` }),
  list: () => undefined,
};

/** Output is kept up to here; what comes after is cut, and said so. */
const outputLimit = 4_000_000;

/** `changed`: resolves when something in the cluster may have changed. */
export async function runKubectl(cluster: Cluster, args: readonly string[], stdin: string, changed: () => Promise<void>): Promise<KubectlResult> {
  let [stdout, stderr] = ['', ''];
  let kubeconfig = localKubeconfig();
  const command = kubectl(args, {
    api: cluster.request,
    changes: changesOf(cluster.store),
    now: () => cluster.agenda.now,
    containers: cluster.containers,
    files,
    kubeconfig: { read: () => kubeconfig, write: (text) => void (kubeconfig = text) },
    stdin: () => stdin,
    stdout: (text) => void (stdout = limited(stdout, text)),
    stderr: (text) => void (stderr = limited(stderr, text)),
  });
  for (let step = command.next(); ; step = command.next()) {
    if (step.done) return { stdout, stderr, code: step.value };
    await changed();
  }
}

const limited = (before: string, text: string) => (before.length > outputLimit ? before : `${before}${text}`.slice(0, outputLimit));
