// Where kinds keep a pod template, and how to change its containers.
import type { KubeObject } from '../../kube/object.ts';
import type { Container, PodSpec, PodTemplateSpec } from '../../schema/generated/types.ts';

interface WithPods extends KubeObject {
  readonly spec?: { readonly template?: PodTemplateSpec; readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplateSpec } } };
}

/** The pod's own spec, or that of the template; undefined for kinds without pods. */
export function podSpecOf(object: KubeObject): PodSpec | undefined {
  if (object.kind === 'Pod') return (object as KubeObject & { readonly spec: PodSpec }).spec;
  const { spec } = object as WithPods;
  return (spec?.template ?? spec?.jobTemplate?.spec?.template)?.spec;
}

/** A copy with another pod spec in the same place. */
export function withPodSpec<T extends KubeObject>(object: T, podSpec: PodSpec): T {
  if (object.kind === 'Pod') return { ...object, spec: podSpec };
  const { spec } = object as WithPods;
  if (spec?.template) return { ...object, spec: { ...spec, template: { ...spec.template, spec: podSpec } } };
  const job = spec?.jobTemplate?.spec;
  return { ...object, spec: { ...spec, jobTemplate: { ...spec?.jobTemplate, spec: { ...job, template: { ...job?.template, spec: podSpec } } } } };
}

/** Changes the containers whose name matches ('*' is every one, 'web*' begins with it); also says which matched. */
export function changeContainers(
  spec: PodSpec,
  pattern: string,
  change: (container: Container) => Container,
): { readonly spec: PodSpec; readonly matched: readonly string[] } {
  const matched: string[] = [];
  const expression = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  const each = (container: Container) => {
    if (!expression.test(container.name)) return container;
    matched.push(container.name);
    return change(container);
  };
  const containers = spec.containers.map(each);
  return { spec: { ...spec, containers, ...(spec.initContainers && { initContainers: spec.initContainers.map(each) }) }, matched };
}
