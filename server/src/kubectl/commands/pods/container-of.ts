// Which container of a pod a command goes to when it names none, and what is said about the choice.
import { containersOf } from '../../../cluster/containers/choose-container.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import type { Session } from '../../session.ts';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

export function containerOf(pod: Pod, { container, quiet }: { readonly container: string; readonly quiet: boolean }, session: Session): string {
  if (container !== '') return container;
  const known = containersOf(pod);
  const wanted = pod.metadata.annotations?.[defaultContainer];
  if (wanted !== undefined && known.some(({ name }) => name === wanted)) return wanted;
  const first = pod.spec.containers[0]!.name;
  if (known.length > 1 && !quiet) session.environment.stderr(`Defaulted container "${first}" out of: ${describeAll(pod)}\n`);
  return first;
}

/** 'web, side, setup (init)' */
const describeAll = ({ spec }: Pod): string =>
  [
    ...spec.containers.map(({ name }) => name),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
    ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(', ');
