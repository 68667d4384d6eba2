// The kubeconfig as text: which context is current and which namespace it has. What is not understood is kept as it is.
import { ManifestFile } from '../manifest/manifest-file.ts';
import { toYaml } from './output/yaml.ts';

interface Context {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
}

export interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context?: Context }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster?: { readonly server?: string } }[];
  readonly users?: readonly { readonly name: string }[];
}

/** The kubeconfig of a cluster that runs in this process: `server` is only a name for it. */
export function localKubeconfig(namespace = 'default', server = 'https://127.0.0.1:6443'): string {
  return toYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'drydock', cluster: { server } }],
    users: [{ name: 'drydock', user: {} }],
    contexts: [{ name: 'drydock', context: { cluster: 'drydock', user: 'drydock', namespace } }],
    'current-context': 'drydock',
  });
}

export function readKubeconfig(text: string | undefined): Kubeconfig {
  const value = ManifestFile.read(text ?? '').documents.find(({ document }) => document.value !== undefined)?.document.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Kubeconfig) : {};
}

/** `name`: the current context when absent. */
export function contextOf(config: Kubeconfig, name?: string): Context | undefined {
  const wanted = name || config['current-context'];
  return config.contexts?.find((entry) => entry.name === wanted)?.context;
}

/** With the changes made to a context, which is created when it is not there. */
export function withContext(config: Kubeconfig, name: string, changes: Context): Kubeconfig {
  const contexts = config.contexts ?? [];
  const before = contexts.find((entry) => entry.name === name);
  const after = { name, context: { ...before?.context, ...changes } };
  return { ...config, contexts: before ? contexts.map((entry) => (entry === before ? after : entry)) : [...contexts, after] };
}

const secrets: Readonly<Record<string, string>> = {
  'certificate-authority-data': 'DATA+OMITTED',
  'client-certificate-data': 'DATA+OMITTED',
  'client-key-data': 'DATA+OMITTED',
  token: 'REDACTED',
  password: 'REDACTED',
};

/** As `config view` shows it without --raw: certificates, keys and tokens left out. */
export function redacted<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => redacted(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [key, secrets[key] !== undefined && inner !== '' ? secrets[key] : redacted(inner)]),
  ) as T;
}
