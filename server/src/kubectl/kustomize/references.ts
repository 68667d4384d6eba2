// The last step: generated objects get their hash, and whoever names an object by a name that it no longer has is told the new one.
import type { KubeObject } from '../../kube/object.ts';
import { configMapHash, secretHash } from '../commands/create/hash.ts';
import type { Made } from '../commands/create/made.ts';
import type { Resource } from './resource.ts';

export function mendReferences(resources: readonly Resource[]): readonly Resource[] {
  const named = resources.map(withHash);
  const renamed = new Map<string, string>();
  for (const { object, names } of named)
    for (const name of names) if (name !== object.metadata.name) renamed.set(`${object.kind}/${name}`, object.metadata.name);
  return renamed.size === 0 ? named : named.map((resource) => ({ ...resource, object: mend(resource.object, [], renamed) as KubeObject }));
}

function withHash(resource: Resource): Resource {
  if (!resource.hashed) return resource;
  const made = resource.object as unknown as Made;
  const name = `${made.metadata.name}-${made.kind === 'ConfigMap' ? configMapHash(made, '') : secretHash(made, '')}`;
  return { ...resource, names: [...resource.names, name], object: { ...resource.object, metadata: { ...resource.object.metadata, name } } };
}

/** Where names of other objects stand: the end of the path to them, and the kind that they name. */
const places: readonly (readonly [end: RegExp, kind: string])[] = [
  [/(configMapRef|configMapKeyRef|configMap)\.name$/, 'ConfigMap'],
  [/(secretRef|secretKeyRef|secret|imagePullSecrets|secrets)\.name$/, 'Secret'],
  [/secret\.secretName$|tls\.secretName$/, 'Secret'],
  [/persistentVolumeClaim\.claimName$/, 'PersistentVolumeClaim'],
  [/\.serviceAccountName$|\.serviceAccount$/, 'ServiceAccount'],
  [/backend\.service\.name$|defaultBackend\.service\.name$/, 'Service'],
  [/^spec\.serviceName$/, 'Service'],
  [/\.priorityClassName$/, 'PriorityClass'],
  [/\.storageClassName$/, 'StorageClass'],
  [/\.ingressClassName$/, 'IngressClass'],
];

function mend(value: unknown, path: readonly string[], renamed: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => mend(item, path, renamed));
  if (typeof value === 'string') {
    const place = path.join('.');
    const kind = places.find(([end]) => end.test(place))?.[1];
    return (kind && renamed.get(`${kind}/${value}`)) ?? value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const map = value as Readonly<Record<string, unknown>>;
  const mended = Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, mend(inner, [...path, key], renamed)]));
  // References that say the kind beside the name.
  const inReference = ['scaleTargetRef', 'roleRef', 'subjects'].includes(path.at(-1) ?? '');
  const other = inReference && typeof map['name'] === 'string' ? renamed.get(`${String(map['kind'])}/${map['name']}`) : undefined;
  return other === undefined ? mended : { ...mended, name: other };
}
