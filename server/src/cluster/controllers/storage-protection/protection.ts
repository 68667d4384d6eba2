// Keeps the protection finalizers of what holds data, and takes them away from what is deleted and not used any more.
// One controller for claims, volumes and attribute classes; what differs is what counts as using one.
import type { KubeObject } from '../../../kube/object.ts';
import { splitKey } from '../../../kube/resource.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import { protectionFinalizers } from '../../registry/admission/storage-protection.ts';
import { run, type Plan, type Watch } from '../../runtime/controller.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Writer } from '../../runtime/writer.ts';

export interface Protection {
  readonly name: string;
  /** 'persistentvolumeclaims' */
  readonly resource: string;
  isUsed(object: KubeObject, reader: Reader): boolean;
  /** Which commits of users concern which of the protected. */
  readonly users: readonly Watch[];
}

interface View {
  readonly object: KubeObject;
  readonly isUsed: boolean;
}

interface ProtectionPlan extends Plan {
  /** What the finalizers should be; absent: as they are. */
  readonly finalizers?: readonly string[];
}

export function protect({ name, resource, isUsed, users }: Protection): ComponentFactory {
  const finalizer = protectionFinalizers[resource]!;
  return run<View, ProtectionPlan>({
    name,
    watches: [{ resource, enqueue: ({ key, after }) => (after ? [key] : []) }, ...users],
    observe(key, reader) {
      const { namespace, name: own } = splitKey(key);
      const object = reader.get(resource, namespace, own);
      return object && { object, isUsed: object.metadata.deletionTimestamp !== undefined && isUsed(object, reader) };
    },
    plan: (view) => planProtection(view, finalizer),
    apply: ({ finalizers }, { object }, writer) => finalizers && write(resource, object, finalizers, writer),
  });
}

function planProtection({ object, isUsed }: View, finalizer: string): ProtectionPlan {
  const { finalizers = [], deletionTimestamp } = object.metadata;
  const has = finalizers.includes(finalizer);
  if (deletionTimestamp === undefined) return has ? {} : { finalizers: [...finalizers, finalizer] };
  return has && !isUsed ? { finalizers: finalizers.filter((one) => one !== finalizer) } : {};
}

function write(resource: string, object: KubeObject, finalizers: readonly string[], writer: Writer): Status | undefined {
  const { finalizers: _, ...metadata } = object.metadata;
  const written = writer.update(resource, { ...object, metadata: { ...metadata, ...(finalizers.length > 0 && { finalizers }) } });
  return isStatus(written) && written.code !== 404 ? written : undefined;
}
