// One object in several versions: what is stored is in one version, and every request sees and writes it in its own.
import type { KubeObject } from '../../kube/object.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { withoutEmptyNotes } from '../../schema/sent-empty.ts';
import { rulesOf } from '../../validation/rules.ts';
import { conversionOf } from '../../validation/versions/conversion.ts';
import type { Cause } from '../store/commit.ts';
import type { RegistryContext } from './context.ts';
import { inVersion as inCustomVersion } from './custom/in-version.ts';
import type { Strategy } from './strategy.ts';

const known = new WeakMap<KubeObject, KubeObject>();

/** A stored object as this version shows it; itself when that is the version it is stored in. */
export function inVersion<T extends KubeObject>(info: KindInfo, object: T): T {
  if (info.custom) return inCustomVersion(info, object);
  if (object.apiVersion === info.apiVersion) return object;
  const conversion = conversionOf(info.apiVersion, info.kind);
  if (!conversion) return object;
  let converted = known.get(object);
  if (!converted) known.set(object, (converted = conversion.fromStored(object)));
  return converted as T;
}

/** Stores an object of the version of this strategy, and gives it back in the same. */
export function commitObject(context: RegistryContext, { info, resource }: Strategy, object: KubeObject, cause: Cause): KubeObject {
  const { namespace, name } = object.metadata;
  const after = context.store.commit({ resource, namespace, name, after: asStored(info, object), cause })!;
  return inVersion(info, after);
}

/** An object with all its defaults as it comes back from storage, where it gets them again: what was prepared may lack something new. */
export function readBack(strategy: Strategy, object: KubeObject): KubeObject {
  const { info, rules } = strategy;
  const plain = withoutEmptyNotes(object);
  const stored = asStored(info, plain);
  return stored === plain ? rules.defaults(plain) : inVersion(info, stored);
}

function asStored({ apiVersion, kind }: KindInfo, object: KubeObject): KubeObject {
  const conversion = conversionOf(apiVersion, kind);
  if (!conversion) return object;
  const { stored } = conversion;
  return rulesOf(stored.apiVersion, stored.kind).defaults(conversion.toStored(object));
}
