// Empties a namespace that is being deleted, pods first, and lets it go when nothing is left (pkg/controller/namespace/deletion).
import type { KubeObject } from '../../../kube/object.ts';
import { formatTime } from '../../../kube/time.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Namespace, Pod } from '../../../schema/generated/types.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import { run, type Plan } from '../../runtime/controller.ts';
import type { Writer } from '../../runtime/writer.ts';
import { deletionConditions } from './conditions.ts';
import { contentOf } from './content.ts';
import { isLiving } from './enqueue.ts';

type Content = ReadonlyMap<string, readonly KubeObject[]>;

interface View {
  readonly namespace: Namespace;
  readonly time: string;
  /** What is in the namespace at the moment of asking: it changes while things are deleted. */
  content(): Content;
}

/** Something with a finalizer is looked at again after half of this and a second. */
const finalizerEstimateS = 15;

const kubernetes = 'kubernetes';
const nothing: Content = new Map();

export const namespaceController: ComponentFactory = (surroundings) =>
  run<View, Plan>({
    name: 'namespace-controller',
    watches: [
      {
        resource: 'namespaces',
        enqueue: ({ key, before, after }) => (after?.metadata.deletionTimestamp !== before?.metadata.deletionTimestamp && after ? [key] : []),
      },
    ],
    observe(key, reader, nowMs) {
      const namespace = reader.get<Namespace>('namespaces', undefined, key);
      if (!namespace || isLiving(namespace) || !namespace.spec.finalizers?.includes(kubernetes)) return undefined;
      return { namespace, time: formatTime(nowMs), content: () => contentOf(key, reader, surroundings.catalog) };
    },
    plan: ({ content }) => ({ requeueAfterMs: 1_000 * (Math.floor(estimateS(content()) / 2) + 1) }),
    apply(_plan, view, writer) {
      const pods = view.content().get('pods') ?? [];
      const failed = deleteAll('pods', pods, writer);
      if (failed) return failed;
      // Everything else stays until the last pod has stopped.
      const rest = view.content();
      if (!rest.has('pods')) {
        for (const [resource, objects] of rest) {
          const failed = deleteAll(resource, objects, writer);
          if (failed) return failed;
        }
      }
      return settle(view, writer);
    },
  })(surroundings);

/**
 * Seconds that the rest may take. Pods that are stopping: the longest of their grace periods, so that with the usual 30 s
 * the namespace is looked at again after 30 / 2 + 1 = 16 s.
 */
function estimateS(content: Content): number {
  const pods = (content.get('pods') ?? []) as readonly Pod[];
  const running = pods.filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed');
  return running.reduce((longest, { spec }) => Math.max(longest, spec.terminationGracePeriodSeconds ?? 0), finalizerEstimateS);
}

function deleteAll(resource: string, objects: readonly KubeObject[], writer: Writer): Status | undefined {
  for (const { metadata } of objects) {
    const result = writer.delete(resource, metadata.namespace, metadata.name, { propagationPolicy: 'Background' });
    if (isStatus(result) && result.code !== 404) return result;
  }
  return undefined;
}

/** Writes how far it has come, and removes the finalizer when nothing is left. Of the rest nothing is said until the pods are gone. */
function settle({ namespace, time, content }: View, writer: Writer): Status | undefined {
  const remaining = content();
  const status = { ...namespace.status, conditions: deletionConditions(remaining.has('pods') ? nothing : remaining, namespace.status.conditions ?? [], time) };
  const written = writer.updateStatus<Namespace>('namespaces', { ...namespace, status });
  if (isStatus(written)) return written;
  if (remaining.size > 0) return undefined;
  const finalizers = written.spec.finalizers?.filter((one) => one !== kubernetes) ?? [];
  return writer.finalize({ ...written, spec: { ...written.spec, finalizers } });
}
