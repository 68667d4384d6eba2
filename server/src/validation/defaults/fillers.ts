// The fillers by the name of the struct that they fill (pkg/apis/*/v1/defaults.go). A kind gets all fillers of the structs in it.
import { autoscalingFillers } from './autoscaling.ts';
import { accessFillers } from './access.ts';
import { coreFillers } from './core.ts';
import { definitionFillers } from './definitions.ts';
import type { Fields } from './fill.ts';
import { containerFillers } from './containers.ts';
import { networkFillers } from './network.ts';
import { jobFillers } from './jobs.ts';
import { podFillers } from './pods.ts';
import { policyFillers } from './policy.ts';
import { storageFillers } from './storage.ts';
import { volumeFillers } from './volumes.ts';
import { workloadFillers } from './workloads.ts';

/** Gives back the value with more in it, or itself. What lies below in it has not been filled yet. */
type Filler<T> = (value: T) => T;

const all = {
  ...podFillers,
  ...containerFillers,
  ...volumeFillers,
  ...workloadFillers,
  ...jobFillers,
  ...autoscalingFillers,
  ...coreFillers,
  ...networkFillers,
  ...storageFillers,
  ...accessFillers,
  ...policyFillers,
  ...definitionFillers,
};

export const fillers = all as unknown as Readonly<Record<string, Filler<Fields>>>;
