// How long the kubelet waits before it tries again what failed, and how it says so.
import { formatGoDuration } from '../../kube/duration.ts';
import type { Pod } from '../../schema/generated/types.ts';

const firstMs = 10_000;
const longestMs = 300_000;

/** Of pulling an image that failed so often: 10 s, 20 s, 40 s, … 300 s. */
export const pullBackoffMs = (failures: number): number => Math.min(longestMs, firstMs * 2 ** (failures - 1));

/** Of a container that ended so often: none, 10 s, 20 s, 40 s, … 300 s. */
export const crashBackoffMs = (ends: number): number => (ends <= 1 ? 0 : pullBackoffMs(ends - 1));

/** `back-off 10s restarting failed container=web pod=web-0_default(5d1c…)` */
export const crashWaitingText = (pod: Pod, container: string, ends: number): string =>
  `back-off ${formatGoDuration(crashBackoffMs(ends))} restarting failed container=${container} pod=${podText(pod)}`;

export const crashEventText = (pod: Pod, container: string): string => `Back-off restarting failed container ${container} in pod ${podText(pod)}`;

const podText = ({ metadata }: Pod): string => `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
