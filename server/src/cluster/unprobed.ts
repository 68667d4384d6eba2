import type { PodCondition } from '../schema/generated/types.ts';

/** When a condition of a pod was last probed. Nobody says so, and the API writes it nevertheless, because to Go a time is a struct. */
export const unprobed: Pick<PodCondition, 'lastProbeTime'> = { lastProbeTime: null as never };
