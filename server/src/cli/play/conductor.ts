// Virtual time while commands run: each takes a little, those that wait let it pass, and nothing else does.
import type { Cluster } from '../../cluster/cluster.ts';
import { changesOf } from '../../kubectl/changes.ts';
import type { Files, KubectlEnvironment } from '../../kubectl/environment.ts';
import { kubectl } from '../../kubectl/kubectl.ts';

/** From the start of kubectl's process to its first request. */
const startMs = 100;

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  /** 124: the time was up, as with timeout(1). */
  readonly code: number;
}

export interface CommandContext {
  readonly files: Files;
  readonly kubeconfig: { readonly read: () => string | undefined; readonly write: (text: string) => void };
  readonly stdin: () => string;
  /** Edits a text, for `kubectl edit`. */
  readonly edit?: KubectlEnvironment['edit'];
  readonly keep?: KubectlEnvironment['keep'];
  /** Virtual milliseconds since 1970 at which the command is ended. */
  readonly until: number;
}

export const timeIsUp = 124;

export function conduct(cluster: Cluster, args: readonly string[], { files, kubeconfig, stdin, edit, keep, until }: CommandContext): Result {
  let stdout = '';
  let stderr = '';
  const now = () => cluster.agenda.now;
  const ended = (code: number): Result => ({ stdout, stderr, code });
  cluster.advanceTo(Math.min(until, now() + startMs));
  const running = kubectl(args, {
    api: cluster.request,
    changes: changesOf(cluster.store),
    now,
    containers: cluster.containers,
    files,
    kubeconfig,
    stdin,
    ...(edit && { edit }),
    ...(keep && { keep }),
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
  });
  for (;;) {
    if (now() >= until) return ended(timeIsUp);
    const step = running.next();
    if (step.done) return ended(step.value);
    const limit = Math.min(step.value.until ?? Infinity, until);
    if (!cluster.step(limit)) cluster.advanceTo(limit);
  }
}
