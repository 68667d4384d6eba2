// patches, patchesStrategicMerge and patchesJson6902.
import { isMap, type JsonMap } from '../../cluster/registry/patch/json.ts';
import { mergePatch } from '../../cluster/registry/patch/merge-patch.ts';
import { strategicMerge } from '../../cluster/registry/patch/strategic-merge.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { compileGoRegexp } from '../../kube/go-regexp.ts';
import { parseSelector } from '../../kube/label-selector-text.ts';
import { matches } from '../../kube/label-selector.ts';
import { groupOf, type KubeObject } from '../../kube/object.ts';
import { ManifestFile } from '../../manifest/manifest-file.ts';
import { kindOf } from '../../schema/kinds.ts';
import type { Files } from '../environment.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import { join, type Resource } from './resource.ts';
import type { Kustomization, PatchTarget } from './kustomization.ts';

export function applyPatches(resources: readonly Resource[], kustomization: Kustomization, folder: string, files: Files): readonly Resource[] | Problem {
  const { patches = [], patchesStrategicMerge = [], patchesJson6902 = [] } = kustomization;
  const all: readonly { path?: string; patch?: string; target?: PatchTarget }[] = [
    ...patchesStrategicMerge.map((entry) => (/\n|^\s*\{/.test(entry) ? { patch: entry } : { path: entry })),
    ...patches,
    ...patchesJson6902,
  ];
  let patched = resources;
  for (const { path, patch, target } of all) {
    const read = path === undefined ? { text: patch ?? '' } : files.read(join(folder, path));
    if (!('text' in read)) return problem(`trouble configuring builtin PatchTransformer: unable to get patch from path ${path}: no such file or directory`);
    for (const { document } of ManifestFile.read(read.text).documents) {
      if (document.value === undefined || document.value === null) continue;
      const next = applyOne(patched, document.value, target);
      if (isProblem(next)) return next;
      patched = next;
    }
  }
  return patched;
}

function applyOne(resources: readonly Resource[], value: unknown, target: PatchTarget | undefined): readonly Resource[] | Problem {
  const chosen = target
    ? matching(resources, target)
    : isMap(value)
      ? named(resources, value as unknown as KubeObject)
      : problem('must specify a target for JSON patch');
  if (isProblem(chosen)) return chosen;
  const out: Resource[] = [];
  for (const resource of resources) {
    const changed = chosen.has(resource) ? changedBy(resource, value) : resource;
    if (isProblem(changed)) return changed;
    if (changed) out.push(changed);
  }
  return out;
}

/** Undefined: the patch takes the object away. */
function changedBy(resource: Resource, value: unknown): Resource | Problem | undefined {
  const { object } = resource;
  if (Array.isArray(value)) {
    const patched = applyJsonPatch(object, value);
    return 'error' in patched ? problem(patched.error) : { ...resource, object: patched.value as KubeObject };
  }
  const patch = value as JsonMap;
  if (patch['$patch'] === 'delete') return undefined;
  const kind = kindOf(object.apiVersion, object.kind);
  // A patch with a target goes to objects of other names, too: their own stays.
  const own = {
    ...patch,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...(isMap(patch['metadata']) ? patch['metadata'] : {}), name: object.metadata.name },
  };
  if (!kind) return { ...resource, object: mergePatch({ ...object }, own) as KubeObject };
  const merged = strategicMerge({ ...object }, own, kind.type);
  return 'error' in merged ? problem(merged.error) : { ...resource, object: merged.result as unknown as KubeObject };
}

function named(resources: readonly Resource[], patch: KubeObject): ReadonlySet<Resource> | Problem {
  const found = resources.filter(
    ({ object, names }) => object.kind === patch.kind && groupOf(object.apiVersion) === groupOf(patch.apiVersion ?? '') && names.includes(patch.metadata?.name),
  );
  if (found.length > 0) return new Set(found);
  const [group, version] = patch.apiVersion?.includes('/') ? patch.apiVersion.split('/') : ['[noGrp]', patch.apiVersion];
  return problem(
    `no resource matches strategic merge patch "${patch.kind}.${version}.${group}/${patch.metadata?.name}.[noNs]": no matches for Id ${patch.kind}.${version}.${group}/${patch.metadata?.name}.[noNs]; failed to find unique target for patch ${patch.kind}.${version}.${group}/${patch.metadata?.name}.[noNs]`,
  );
}

function matching(resources: readonly Resource[], target: PatchTarget): ReadonlySet<Resource> | Problem {
  const { group, version, kind, name, namespace, labelSelector = '', annotationSelector = '' } = target;
  const labels: ReturnType<typeof parseSelector> = parseSelector(labelSelector);
  if ('error' in labels) return problem(labels.error);
  const annotations: ReturnType<typeof parseSelector> = parseSelector(annotationSelector);
  if ('error' in annotations) return problem(annotations.error);
  return new Set(
    resources.filter(
      ({ object, names }) =>
        fits(group, groupOf(object.apiVersion)) &&
        fits(version, object.apiVersion.split('/').at(-1)!) &&
        fits(kind, object.kind) &&
        names.some((each) => fits(name, each)) &&
        fits(namespace, object.metadata.namespace ?? 'default') &&
        matches(labels.selector, object.metadata.labels) &&
        matches(annotations.selector, object.metadata.annotations),
    ),
  );
}

function fits(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return true;
  const expression = compileGoRegexp(`^(?:${pattern})$`);
  return !('error' in expression) && expression.test(value);
}
