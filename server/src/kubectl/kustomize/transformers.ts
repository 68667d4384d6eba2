// namespace, namePrefix, nameSuffix, labels, annotations, images and replicas.
import { isMap } from '../../cluster/registry/patch/json.ts';
import type { KubeObject } from '../../kube/object.ts';
import { kindOf } from '../../schema/kinds.ts';
import type { Resource } from './resource.ts';
import type { Kustomization } from './kustomization.ts';

type Map = Readonly<Record<string, unknown>>;

export function transform(resources: readonly Resource[], kustomization: Kustomization): readonly Resource[] {
  const { namespace, namePrefix = '', nameSuffix = '', commonLabels, labels = [], commonAnnotations, images = [], replicas = [] } = kustomization;
  return resources.map((resource) => {
    let object = resource.object as KubeObject & Map;
    if (namespace) object = inNamespace(object, namespace);
    const name = unprefixed.has(object.kind) ? object.metadata.name : `${namePrefix}${object.metadata.name}${nameSuffix}`;
    object = { ...object, metadata: { ...object.metadata, name } };
    if (commonLabels) object = withLabels(object, commonLabels, { selectors: true, templates: true });
    for (const { pairs, includeSelectors = false, includeTemplates = false } of labels)
      object = withLabels(object, pairs, { selectors: includeSelectors, templates: includeSelectors || includeTemplates });
    if (commonAnnotations) object = withAnnotations(object, commonAnnotations);
    for (const { name: wanted, count } of replicas)
      if (resource.names.includes(wanted) && scaled.has(object.kind)) object = { ...object, spec: { ...(object['spec'] as Map), replicas: count } };
    if (images.length > 0) object = withImages(object, images) as KubeObject & Map;
    return { ...resource, object, names: [...new Set([...resource.names, name])] };
  });
}

const unprefixed = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);
const scaled = new Set(['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet']);

function inNamespace(object: KubeObject & Map, namespace: string): KubeObject & Map {
  if (object.kind === 'Namespace') return { ...object, metadata: { ...object.metadata, name: namespace } };
  const placed = kindOf(object.apiVersion, object.kind)?.namespaced === false ? object : { ...object, metadata: { ...object.metadata, namespace } };
  if (!object.kind.endsWith('RoleBinding') || !Array.isArray(object['subjects'])) return placed;
  // Only the service account that is called default is known to be of the kustomization.
  const subjects = (object['subjects'] as readonly Map[]).map((subject) =>
    subject['kind'] === 'ServiceAccount' && subject['name'] === 'default' ? { ...subject, namespace } : subject,
  );
  return { ...placed, subjects };
}

interface Reach {
  readonly selectors: boolean;
  readonly templates: boolean;
}

const add = (before: unknown, pairs: Map) => ({ ...(before as Map | undefined), ...pairs });

function withLabels(object: KubeObject & Map, pairs: Readonly<Record<string, string>>, { selectors, templates }: Reach): KubeObject & Map {
  const labelled = { ...object, metadata: { ...object.metadata, labels: add(object.metadata.labels, pairs) as Readonly<Record<string, string>> } };
  const spec = object['spec'];
  if (!isMap(spec) || (!selectors && !templates)) return labelled;
  return { ...labelled, spec: labelledSpec(object.kind, spec, pairs, { selectors, templates }) };
}

function labelledSpec(kind: string, spec: Map, pairs: Map, reach: Reach): Map {
  let next = spec;
  if (reach.templates && isMap(spec['template'])) next = { ...next, template: withMetadata(spec['template'], 'labels', pairs) };
  if (kind === 'CronJob' && isMap(spec['jobTemplate'])) {
    const job = reach.templates ? withMetadata(spec['jobTemplate'], 'labels', pairs) : spec['jobTemplate'];
    return { ...next, jobTemplate: isMap(job['spec']) ? { ...job, spec: labelledSpec('Job', job['spec'], pairs, reach) } : job };
  }
  if (!reach.selectors) return next;
  if (kind === 'Service' || kind === 'ReplicationController')
    return spec['selector'] === undefined ? next : { ...next, selector: add(spec['selector'], pairs) };
  const matched =
    ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(kind) || (['Job', 'PodDisruptionBudget'].includes(kind) && isMap(spec['selector']));
  if (matched)
    next = {
      ...next,
      selector: { ...(spec['selector'] as Map | undefined), matchLabels: add((spec['selector'] as { matchLabels?: Map } | undefined)?.matchLabels, pairs) },
    };
  return next;
}

const withMetadata = (template: Map, field: 'labels' | 'annotations', pairs: Map): Map => {
  const metadata = (template['metadata'] ?? {}) as Map;
  return { ...template, metadata: { ...metadata, [field]: add(metadata[field], pairs) } };
};

function withAnnotations(object: KubeObject & Map, pairs: Readonly<Record<string, string>>): KubeObject & Map {
  const annotated = { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...pairs } } };
  const spec = object['spec'];
  if (!isMap(spec)) return annotated;
  if (isMap(spec['template'])) return { ...annotated, spec: { ...spec, template: withMetadata(spec['template'], 'annotations', pairs) } };
  if (!isMap(spec['jobTemplate'])) return annotated;
  const job = withMetadata(spec['jobTemplate'], 'annotations', pairs);
  const inner = job['spec'];
  const whole =
    isMap(inner) && isMap(inner['template']) ? { ...job, spec: { ...inner, template: withMetadata(inner['template'], 'annotations', pairs) } } : job;
  return { ...annotated, spec: { ...spec, jobTemplate: whole } };
}

type Images = NonNullable<Kustomization['images']>;

/** Every container of every pod spec, however deep. */
function withImages(value: unknown, images: Images): unknown {
  if (Array.isArray(value)) return value.map((item) => withImages(item, images));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      (key === 'containers' || key === 'initContainers') && Array.isArray(inner)
        ? [
            key,
            inner.map((container: Map) =>
              typeof container['image'] === 'string' ? { ...container, image: imageAfter(container['image'], images) } : container,
            ),
          ]
        : [key, withImages(inner, images)],
    ),
  );
}

/** 'registry/nginx:1.25' → its name, and the tag or digest behind. */
function imageAfter(image: string, images: Images): string {
  const found = /^(.*?)(?::([^/:@]+))?(@.*)?$/.exec(image)!;
  const [, name = '', tag, digest] = found;
  const rule = images.find((each) => each.name === name);
  if (!rule) return image;
  const next = rule.newName ?? name;
  if (rule.digest) return `${next}${rule.newTag ? `:${rule.newTag}` : ''}@${rule.digest}`;
  if (rule.newTag) return `${next}:${rule.newTag}`;
  return `${next}${tag ? `:${tag}` : ''}${digest ?? ''}`;
}
