// The kubeconfig that lets clients in: address, certificate and token in one file that only its owner may read.
import { chmod, writeFile } from 'node:fs/promises';
import { contextOf, readKubeconfig } from '../kubectl/kubeconfig.ts';
import { toYaml } from '../kubectl/output/yaml.ts';

export interface Access {
  /** 'https://127.0.0.1:6443' */
  readonly server: string;
  /** PEM. */
  readonly certificate: string;
  readonly token: string;
}

export function kubeconfigOf({ server, certificate, token }: Access): string {
  const name = 'drydock';
  return toYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': Buffer.from(certificate).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

export async function writeKubeconfig(file: string, access: Access): Promise<void> {
  await writeFile(file, kubeconfigOf(access), { mode: 0o600 });
  // A file that was there keeps its mode when it is written over.
  await chmod(file, 0o600);
}

/** How the current context's cluster is reached; undefined when the text does not say. Clients rewrite the file, so it is read as YAML. */
export function readAccess(text: string): Access | undefined {
  const config = readKubeconfig(text);
  const context = contextOf(config);
  const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster as Readonly<Record<string, unknown>> | undefined;
  const user = (config.users as readonly { readonly name: string; readonly user?: Readonly<Record<string, unknown>> }[] | undefined)?.find(
    ({ name }) => name === context?.user,
  )?.user;
  const [server, authority, token] = [cluster?.['server'], cluster?.['certificate-authority-data'], user?.['token']];
  if (typeof server !== 'string' || typeof authority !== 'string' || typeof token !== 'string') return undefined;
  return { server, certificate: Buffer.from(authority, 'base64').toString(), token };
}
