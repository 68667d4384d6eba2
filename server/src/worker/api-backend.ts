// A cluster and its clock, as the Kubernetes API in front of them needs them.
import type { Backend } from '../apiserver/backend.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { LiveClock } from './live-clock.ts';

/** `poke`: called after every request; something may have become due. */
export function apiBackend(cluster: Cluster, clock: LiveClock, poke: () => void = () => clock.poke()): Backend {
  const { request: api, store, containers, userOfToken, withComponentFields } = cluster;
  return { api, store, containers, userOfToken, withComponentFields, now: () => cluster.agenda.now, poke, clock };
}
