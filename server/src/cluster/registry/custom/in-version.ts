// One object in several versions: all versions of a custom kind hold the same fields (conversion strategy None), so that only the
// apiVersion and the defaults of the version differ. What is stored is in the version in which it was last written.
import { isEqual } from '../../../kube/equal.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { withSchemaDefaults } from '../../../schema/custom/defaults.ts';
import { prune } from '../../../schema/custom/prune.ts';
import type { KindInfo } from '../../../schema/kinds.ts';

const known = new WeakMap<KubeObject, Map<KindInfo, KubeObject>>();

/** The object as this version shows it; itself when the kind is built in or it is as this version would have it. */
export function inVersion<T extends KubeObject>(info: KindInfo, object: T): T {
  if (!info.custom) return object;
  let versions = known.get(object);
  if (!versions) known.set(object, (versions = new Map()));
  let converted = versions.get(info);
  if (!converted) versions.set(info, (converted = convert(info, info.custom.schema, object)));
  return converted as T;
}

/** The schema may have changed since the object was written. */
function convert({ apiVersion }: KindInfo, schema: Parameters<typeof prune>[1], object: KubeObject): KubeObject {
  const converted = withSchemaDefaults({ ...prune(object, schema).value, apiVersion }, schema);
  return isEqual(converted, object) ? object : converted;
}
