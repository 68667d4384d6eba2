// A kustomization file: its fields, and how it is found and read.
import { ManifestFile } from '../../manifest/manifest-file.ts';
import { isMap } from '../../cluster/registry/patch/json.ts';
import type { Files } from '../environment.ts';
import { problem, type Problem } from '../problem.ts';

export interface GeneratorArgs {
  readonly name: string;
  readonly namespace?: string;
  readonly behavior?: 'create' | 'replace' | 'merge';
  readonly literals?: readonly string[];
  readonly files?: readonly string[];
  readonly envs?: readonly string[];
  readonly env?: string;
  readonly type?: string;
  readonly options?: GeneratorOptions;
}

export interface GeneratorOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly disableNameSuffixHash?: boolean;
  readonly immutable?: boolean;
}

export interface PatchTarget {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export interface Kustomization {
  readonly resources?: readonly string[];
  readonly bases?: readonly string[];
  readonly components?: readonly string[];
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly labels?: readonly { readonly pairs: Readonly<Record<string, string>>; readonly includeSelectors?: boolean; readonly includeTemplates?: boolean }[];
  readonly commonAnnotations?: Readonly<Record<string, string>>;
  readonly images?: readonly { readonly name: string; readonly newName?: string; readonly newTag?: string; readonly digest?: string }[];
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
  readonly patches?: readonly { readonly path?: string; readonly patch?: string; readonly target?: PatchTarget }[];
  readonly patchesStrategicMerge?: readonly string[];
  readonly patchesJson6902?: readonly { readonly path?: string; readonly patch?: string; readonly target?: PatchTarget }[];
  readonly configMapGenerator?: readonly GeneratorArgs[];
  readonly secretGenerator?: readonly GeneratorArgs[];
  readonly generatorOptions?: GeneratorOptions;
}

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const known = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'labels',
  'commonAnnotations',
  'images',
  'replicas',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
]);

export function readKustomization(folder: string, files: Files): Kustomization | Problem {
  const inside = files.list(folder);
  if (!inside)
    return problem(`must build at directory: not a valid directory: evalsymlink failure on '${folder}' : lstat ${folder}: no such file or directory`);
  const found = names.filter((name) => inside.includes(name));
  if (found.length === 0) return problem(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${folder}'`);
  if (found.length > 1) return problem(`Found multiple kustomization files: ${folder}`);
  const read = files.read(`${folder}/${found[0]}`);
  if (!('text' in read)) return problem('error' in read ? read.error : `${folder}/${found[0]} cannot be read`);
  const document = ManifestFile.read(read.text).documents.find(({ document: each }) => each.value !== undefined)?.document;
  const wrong = document?.problems.find(({ severity }) => severity === 'error');
  if (wrong) return problem(`invalid Kustomization: ${wrong.message}`);
  const value = document?.value ?? {};
  if (!isMap(value)) return problem('invalid Kustomization: it is no map of fields');
  const unknown = Object.keys(value).find((key) => !known.has(key));
  if (unknown !== undefined) return problem(`invalid Kustomization: json: unknown field "${unknown}"`);
  return value as Kustomization;
}
