// A cluster that is served over TLS, for clients that are programs or libraries of their own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKubeconfig } from '../../../server/src/apiserver/kubeconfig.ts';
import { ApiServer } from '../../../server/src/apiserver/server.ts';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import { apiBackend } from '../../../server/src/worker/api-backend.ts';
import { LiveClock } from '../../../server/src/worker/live-clock.ts';

export interface Served {
  readonly cluster: Cluster;
  readonly server: ApiServer;
  /** Goes when it stops. */
  readonly folder: string;
  /** In `folder`. */
  readonly kubeconfig: { readonly file: string; readonly text: string };
  stop(): Promise<void>;
}

/** Time begins with the wall clock, as clients expect it, and passes `speed` times as fast. */
export async function serve(speed = 20): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-served-'));
  const cluster = new Cluster({ freeze: true, startAt: Math.floor(Date.now() / 1000) * 1000 });
  const clock = new LiveClock(cluster, { now: () => performance.now(), setTimeout, clearTimeout }, speed, () => {});
  const server = await ApiServer.start(apiBackend(cluster, clock), { port: 0, now: Date.now() });
  const file = join(folder, 'config');
  await writeKubeconfig(file, server.access);
  const stop = async (): Promise<void> => {
    clock.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  };
  return { cluster, server, folder, kubeconfig: { file, text: readFileSync(file, 'utf8') }, stop };
}
