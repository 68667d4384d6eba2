// What rules of one part of a pod must know of the rest of it.
import type { Container, EphemeralContainer, PodSpec, Volume } from '../../schema/generated/types.ts';
import type { Path } from '../path.ts';

export interface PodContext {
  readonly spec: PodSpec;
  /** Volumes in which nothing is wrong, by name: a mount of a bad volume is "not found". */
  readonly volumes: ReadonlyMap<string, Volume>;
  /** Names in spec.resourceClaims. */
  readonly claimNames: ReadonlySet<string>;
}

/** The host's users are the pod's too, unless hostUsers is false. */
export function sharesHostUsers(spec: PodSpec): boolean {
  return spec.hostUsers !== false;
}

/** Every container with its path, in the order in which the server walks them: init, main, ephemeral. */
export function eachContainer(spec: PodSpec, at: Path, visit: (container: Container | EphemeralContainer, at: Path) => void): void {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach((container, i) => visit(container, at.child(list).index(i)));
  }
}
