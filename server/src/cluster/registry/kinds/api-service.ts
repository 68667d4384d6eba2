// API services: what the API server answers itself is available from the beginning.
import type { APIService } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const apiServiceStrategy: KindStrategy<APIService> = {
  prepareForCreate: (object) => ({ ...object, status: object.spec?.service ? {} : { conditions: [available(object.metadata.creationTimestamp!)] } }),
};

const available = (lastTransitionTime: string) => ({
  type: 'Available',
  status: 'True',
  lastTransitionTime,
  reason: 'Local',
  message: 'Local APIServices are always available',
});
