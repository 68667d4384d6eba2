// Jobs. Clients of the time before propagation policies expect a deleted job's pods to stay.
import { withGeneratedSelector } from '../../../validation/workloads/job-selector.ts';
import type { Job } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const jobStrategy: KindStrategy<Job> = {
  prepareForCreate: withGeneratedSelector,
  statusTakesMetadata: true,
  orphansByDefault: {
    warning:
      'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  },
};
