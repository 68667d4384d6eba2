import type { KubeObject } from '../../../kube/object.ts';
import type { RegistryContext, Write } from '../context.ts';
import type { Strategy } from '../strategy.ts';
import { rootTypeOf } from './parts.ts';
import { trackUpdate } from './track.ts';

/** The object with its managedFields, when the write is one of a user. */
export function trackedBy<T extends KubeObject>({ time }: RegistryContext, { info }: Strategy, before: KubeObject | undefined, after: T, write: Write): T {
  const { manager, subresource } = write;
  return manager === undefined
    ? after
    : trackUpdate(rootTypeOf(info), before, after, { manager, operation: 'Update', apiVersion: info.apiVersion, subresource }, time);
}
