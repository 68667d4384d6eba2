// `drydock.dev/…` annotations: values that make no sense, and annotations where nobody reads them.
import { faultAnnotationErrors, faultAnnotationOf, faultPrefix, type FaultAnnotation } from '../../kube/fault-annotations.ts';
import type { StringMap } from '../../kube/object.ts';
import type { Json, Path } from '../../manifest/tree.ts';
import type { Finding } from '../diagnostic.ts';
import { nearest } from '../did-you-mean.ts';
import { faultAnnotations } from '../../kube/fault-annotations.ts';
import type { ObjectView } from './document-view.ts';

/** Where the pods of a kind are described. */
const templates: Readonly<Record<string, Path>> = {
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  PodTemplate: ['template'],
};

export function annotationFindings(view: ObjectView): readonly Finding[] {
  const { kind = '' } = view.object;
  const template = templates[kind];
  const own: Path = ['metadata', 'annotations'];
  if (template) return [...misplaced(view, own, template), ...invalid(view, [...template, ...own], 'Pod')];
  return kind === 'Pod' || kind === 'Node' ? invalid(view, own, kind) : [];
}

function invalid(view: ObjectView, path: Path, on: 'Pod' | 'Node'): readonly Finding[] {
  return faultAnnotationErrors(annotationsAt(view, path), on).map(({ name, value, detail }) => {
    const at = [...path, name];
    const annotation = faultAnnotationOf(on, name);
    const span = annotation ? view.spanOf(at) : view.keySpanOf(at);
    const text = annotation
      ? nearestValue(annotation.takes, value)
      : nearest(
          name,
          faultAnnotations.filter((one) => one.on === on).map((one) => one.name),
        );
    return {
      span,
      severity: 'warning',
      code: 'annotation',
      message: annotation ? `${name}: "${value}" ${detail}` : `${name} ${detail}`,
      explanation: `${annotation?.text ?? `Drydock has no such annotation for a ${on}.`} As it is, it is ignored.`,
      ...(text !== undefined && { replacements: [{ span, text }] }),
    };
  });
}

function nearestValue(takes: FaultAnnotation['takes'], value: string): string | undefined {
  return 'choices' in takes ? nearest(value, Object.keys(takes.choices)) : undefined;
}

/** Behaviour is read from pods, so from the template; on the workload itself it does nothing. */
function misplaced(view: ObjectView, path: Path, template: Path): readonly Finding[] {
  return Object.keys(annotationsAt(view, path) ?? {})
    .filter((name) => name.startsWith(faultPrefix))
    .map((name) => ({
      span: view.keySpanOf([...path, name]),
      severity: 'warning',
      code: 'annotation',
      message: `${name} does nothing here; it is read from the pods.`,
      explanation: `Move it to ${[...template, ...path].join('.')}.`,
    }));
}

/** The annotations that are text; others are type errors already. */
function annotationsAt(view: ObjectView, path: Path): StringMap | undefined {
  const value = view.nodeAt(path)?.value as Json | undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
