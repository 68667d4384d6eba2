import type { KubeObject } from '../../../kube/object.ts';
import type { RegistryContext, Write } from '../context.ts';
import type { Strategy } from '../strategy.ts';
import type { FieldManager } from './entries.ts';
import { rootTypeOf } from './parts.ts';
import { trackUpdate } from './track.ts';

/** The object with its managedFields, when the write is one of a user. */
export function trackedBy<T extends KubeObject>({ time }: RegistryContext, strategy: Strategy, before: KubeObject | undefined, after: T, write: Write): T {
  const { manager, subresource } = write;
  if (manager === undefined) return after;
  const { info, hasStatus } = strategy;
  const fieldManager: FieldManager = { manager, operation: 'Update', apiVersion: info.apiVersion, subresource };
  return trackUpdate(rootTypeOf(info), before, after, fieldManager, time, before === undefined && hasStatus ? ['f:status'] : undefined);
}
