// Reading one object in the version of a request.
import type { KubeObject } from '../../kube/object.ts';
import type { RegistryContext } from './context.ts';
import { inVersion } from './versions.ts';
import type { Strategy } from './strategy.ts';

export function readObject<T extends KubeObject = KubeObject>(
  { store }: Pick<RegistryContext, 'store'>,
  { info, resource }: Pick<Strategy, 'info' | 'resource'>,
  namespace: string | undefined,
  name: string,
): T | undefined {
  const object = store.get<T>(resource, namespace, name);
  return object && inVersion(info, object);
}

/** What a user reads or is about to write over: with the fields of components, which the write may take from them. */
export function readComplete<T extends KubeObject = KubeObject>(
  context: RegistryContext,
  strategy: Pick<Strategy, 'info' | 'resource'>,
  namespace: string | undefined,
  name: string,
): T | undefined {
  const object = readObject<T>(context, strategy, namespace, name);
  return object && context.componentFields.complete(object);
}
