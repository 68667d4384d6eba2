// configMapGenerator and secretGenerator.
import type { KubeObject } from '../../kube/object.ts';
import { dataOf } from '../commands/create/data-sources.ts';
import { configMapOf } from '../commands/create/config-map.ts';
import type { Made } from '../commands/create/made.ts';
import { secretOf } from '../commands/create/secret.ts';
import type { Files } from '../environment.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import { join, type Resource } from './resource.ts';
import type { GeneratorArgs, Kustomization } from './kustomization.ts';

/** The resources after each generator in turn. */
export function* generated(kustomization: Kustomization, folder: string, files: Files, before: readonly Resource[]): Generator<readonly Resource[] | Problem> {
  let resources = before;
  const wanted = [
    ...(kustomization.configMapGenerator ?? []).map((args) => ({ what: 'ConfigMap' as const, args })),
    ...(kustomization.secretGenerator ?? []).map((args) => ({ what: 'Secret' as const, args })),
  ];
  for (const { what, args } of wanted) {
    const made = make(what, args, kustomization, folder, files);
    const next = isProblem(made) ? made : add(made, args, resources);
    yield next;
    if (isProblem(next)) return;
    resources = next;
  }
}

function make(what: 'ConfigMap' | 'Secret', args: GeneratorArgs, { generatorOptions }: Kustomization, folder: string, files: Files): Resource | Problem {
  const { name, namespace, literals = [], files: paths = [], envs = [], env, type } = args;
  const inFolder = (path: string) => (path.includes('=') ? path.replace(/=(.*)$/, (_, file: string) => `=${join(folder, file)}`) : join(folder, path));
  const owner = { what, name };
  const fromFiles = dataOf({ 'from-literal': literals.map(unquoted), 'from-file': paths.map(inFolder), 'from-env-file': [] }, owner, files);
  if (isProblem(fromFiles)) return fromFiles;
  const fromEnv = dataOf({ 'from-literal': [], 'from-file': [], 'from-env-file': [...envs, ...(env ? [env] : [])].map(inFolder) }, owner, files);
  if (isProblem(fromEnv)) return fromEnv;
  const data = new Map([...fromEnv, ...fromFiles]);
  const made = what === 'ConfigMap' ? configMapOf(name, data) : secretOf(name, data, type ?? 'Opaque');
  const options = { ...generatorOptions, ...args.options };
  const labels = { ...generatorOptions?.labels, ...args.options?.labels };
  const annotations = { ...generatorOptions?.annotations, ...args.options?.annotations };
  const metadata = {
    name,
    ...(namespace && { namespace }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  const object = { ...made, metadata, ...(options.immutable && { immutable: true }) } as Made as unknown as KubeObject;
  return { object, names: [name], hashed: !options.disableNameSuffixHash };
}

const unquoted = (literal: string) => literal.replace(/=(["'])(.*)\1$/s, '=$2');

type WithData = KubeObject & { readonly data?: object; readonly binaryData?: object };

function add(made: Resource, { behavior = 'create' }: GeneratorArgs, resources: readonly Resource[]): readonly Resource[] | Problem {
  const same = resources.find(({ object, names }) => object.kind === made.object.kind && names.includes(made.names[0]!));
  if (behavior === 'create')
    return same ? problem(`may not add resource with an already registered id: ${made.object.kind}/${made.names[0]}`) : [...resources, made];
  if (!same) return problem(`id for merge or replace not found: ${made.object.kind}/${made.names[0]}`);
  const [old, next] = [same.object as WithData, made.object as WithData];
  const metadata = { ...old.metadata, ...next.metadata, name: old.metadata.name };
  const object = behavior === 'replace' ? { ...next, metadata } : { ...old, ...next, metadata, data: { ...old.data, ...next.data } };
  return resources.map((resource) => (resource === same ? { ...resource, object: object as KubeObject } : resource));
}
