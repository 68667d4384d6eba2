// Which container of a pod a command goes to when it names none, and what is said about the choice.
import { containersOf } from '../../../cluster/containers/choose-container.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { problem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** `container` empty: none is named. */
export function containerOf(pod: Pod, { container, quiet }: { readonly container: string; readonly quiet: boolean }, session: Session): string | Problem {
  const known = containersOf(pod);
  if (container !== '')
    return known.some(({ name }) => name === container)
      ? container
      : problem(`container ${container} is not valid for pod ${pod.metadata.name} out of: ${describeAll(pod)}`);
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
