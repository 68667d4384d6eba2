// `kustomize build`: the resources of a kustomization, changed as it says, in kustomize's order of changes.
//
// An object keeps the names that it had: references and patches may use the name in its own file.
import type { KubeObject } from '../../kube/object.ts';
import { ManifestFile } from '../../manifest/manifest-file.ts';
import type { Files } from '../environment.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import { generated } from './generators.ts';
import { readKustomization, type Kustomization } from './kustomization.ts';
import { mendReferences } from './references.ts';
import { applyPatches } from './patches.ts';
import { join, type Resource } from './resource.ts';
import { transform } from './transformers.ts';

const deepest = 32;

export function build(folder: string, files: Files): readonly KubeObject[] | Problem {
  const resources = buildFolder(folder.replace(/\/+$/, '') || '.', files, []);
  return isProblem(resources) ? resources : mendReferences(resources).map(({ object }) => object);
}

function buildFolder(folder: string, files: Files, around: readonly string[], into: readonly Resource[] = []): readonly Resource[] | Problem {
  if (around.includes(folder) || around.length > deepest) return problem(`cycle detected: ${[...around, folder].join(' -> ')}`);
  const kustomization = readKustomization(folder, files);
  if (isProblem(kustomization)) return kustomization;
  const gathered = gather(folder, kustomization, files, [...around, folder]);
  if (isProblem(gathered)) return gathered;
  let resources: readonly Resource[] = [...into, ...gathered];
  for (const made of generated(kustomization, folder, files, resources)) {
    if (isProblem(made)) return made;
    resources = made;
  }
  for (const component of kustomization.components ?? []) {
    const built = buildFolder(join(folder, component), files, [...around, folder], resources);
    if (isProblem(built)) return built;
    resources = built;
  }
  const patched = applyPatches(resources, kustomization, folder, files);
  return isProblem(patched) ? patched : transform(patched, kustomization);
}

/** The objects of the files, and what the folders among the resources build. */
function gather(folder: string, { resources = [], bases = [] }: Kustomization, files: Files, around: readonly string[]): readonly Resource[] | Problem {
  const found: Resource[] = [];
  for (const entry of [...resources, ...bases]) {
    if (/^(https?|git|ssh):|^github\.com\//.test(entry))
      return problem(`accumulating resources: "${entry}" cannot be fetched: the built-in kubectl reads files and folders`);
    const path = join(folder, entry);
    const inner = files.list(path) ? buildFolder(path, files, around) : objectsOf(path, files);
    if (isProblem(inner)) return inner;
    for (const resource of inner) {
      const twin = found.find((other) => idOf(other.object) === idOf(resource.object));
      if (twin)
        return problem(
          `accumulating resources: accumulation err='merging resources from '${entry}': may not add resource with an already registered id: ${idOf(resource.object)}'`,
        );
      found.push(resource);
    }
  }
  return found;
}

const idOf = ({ apiVersion, kind, metadata }: KubeObject) => {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['[noGrp]', apiVersion];
  return `${kind}.${version}.${group}/${metadata.name}.${metadata.namespace ?? '[noNs]'}`;
};

function objectsOf(path: string, files: Files): readonly Resource[] | Problem {
  const read = files.read(path);
  if (!('text' in read))
    return problem(
      `accumulating resources: accumulation err='accumulating resources from '${path}': ${'error' in read ? read.error : `open ${path}: no such file or directory`}'`,
    );
  const parsed = parse(read.text, path);
  return isProblem(parsed) ? parsed : parsed.map((object) => ({ object, names: [object.metadata.name] }));
}

/** The objects in a text; a List stands for its items. */
function parse(text: string, path: string): readonly KubeObject[] | Problem {
  const objects: KubeObject[] = [];
  for (const { document } of ManifestFile.read(text).documents) {
    const wrong = document.problems.find(({ severity }) => severity === 'error');
    if (wrong) return problem(`accumulating resources from '${path}': MalformedYAMLError: ${wrong.message}`);
    const value = document.value as (KubeObject & { items?: readonly KubeObject[] }) | null | undefined;
    if (!value) continue;
    objects.push(...(value.kind?.endsWith('List') && value.items ? value.items : [value]));
  }
  const nameless = objects.find((object) => !object.kind || !object.metadata?.name);
  return nameless
    ? problem(`accumulating resources from '${path}': missing metadata.name in object {{${nameless.apiVersion} ${nameless.kind}} {{ } map[] map[]}}`)
    : objects;
}
