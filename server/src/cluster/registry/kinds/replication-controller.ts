// ReplicationControllers. Clients of the time before propagation policies expect a deleted one's pods to stay.
import type { ReplicationController } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const replicationControllerStrategy: KindStrategy<ReplicationController> = { orphansByDefault: {}, statusTakesMetadata: true };
