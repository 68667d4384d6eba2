// kubectl config set-cluster, set-credentials, delete-… , rename-context, unset and the lists of names.
import { quote } from '../../../kube/quote.ts';
import { command, type Command, type Outcome } from '../../command.ts';
import { flag, list, text } from '../../flags.ts';
import { readKubeconfig, type Kubeconfig } from '../../kubeconfig.ts';
import { toYaml } from '../../output/yaml.ts';
import { problem, usageProblem } from '../../problem.ts';
import type { Session } from '../../session.ts';

type Section = 'clusters' | 'users' | 'contexts';
type Entry = Readonly<Record<string, unknown>> & { readonly name: string };

const read = (session: Session) => readKubeconfig(session.environment.kubeconfig.read());
const write = (session: Session, config: Kubeconfig) => session.environment.kubeconfig.write(toYaml(config));
const entriesOf = (config: Kubeconfig, section: Section) => (config[section] ?? []) as readonly Entry[];

/** The names of one section, under a heading. */
export const getNames = (section: 'clusters' | 'users'): Command =>
  command({}, (session): Outcome => {
    session.print(
      [
        'NAME',
        ...entriesOf(read(session), section)
          .map(({ name }) => name)
          .sort(),
      ].join('\n'),
    );
    return undefined;
  });

export const deleteEntry = (section: Section): Command =>
  command({}, (session, { words: [name, ...more] }): Outcome => {
    const one = section.slice(0, -1);
    if (name === undefined || more.length > 0) return usageProblem('unexpected args: expected one name', `config delete-${one}`);
    const config = read(session);
    if (!entriesOf(config, section).some((entry) => entry.name === name)) return problem(`cannot delete ${one} ${name}, not in ${kubeconfigPath}`);
    write(session, { ...config, [section]: entriesOf(config, section).filter((entry) => entry.name !== name) });
    if (section === 'contexts' && config['current-context'] === name)
      session.environment.stderr('warning: this removed your active context, use "kubectl config use-context" to select a different one\n');
    session.print(`deleted ${one} ${name} from ${kubeconfigPath}`);
    return undefined;
  });

/** Where the kubeconfig is said to be; the client is given its text alone. */
const kubeconfigPath = '$KUBECONFIG';

export const renameContext = command({}, (session, { words: [from, to, ...more] }): Outcome => {
  if (from === undefined || to === undefined || more.length > 0)
    return usageProblem('Unexpected args: expected the old and the new name', 'config rename-context');
  const config = read(session);
  const contexts = config.contexts ?? [];
  if (!contexts.some(({ name }) => name === from)) return problem(`cannot rename the context ${quote(from)}, it's not in ${kubeconfigPath}`);
  if (contexts.some(({ name }) => name === to))
    return problem(`cannot rename the context ${quote(from)}, the context ${quote(to)} already exists in ${kubeconfigPath}`);
  write(session, {
    ...config,
    contexts: contexts.map((entry) => (entry.name === from ? { ...entry, name: to } : entry)),
    ...(config['current-context'] === from && { 'current-context': to }),
  });
  session.print(`Context ${quote(from)} renamed to ${quote(to)}.`);
  return undefined;
});

const clusterFlags = {
  server: text('s'),
  'certificate-authority': text(),
  'embed-certs': flag(),
  'insecure-skip-tls-verify': flag(),
  'proxy-url': text(),
  'tls-server-name': text(),
} as const;

export const setCluster = command(clusterFlags, (session, { flags, given, words: [name, ...more] }): Outcome => {
  if (name === undefined || more.length > 0) return usageProblem('Unexpected args: expected one name', 'config set-cluster');
  const changes = {
    ...(flags.server !== '' && { server: flags.server }),
    ...(flags['certificate-authority'] !== '' && { 'certificate-authority': flags['certificate-authority'] }),
    ...(given.has('insecure-skip-tls-verify') && { 'insecure-skip-tls-verify': flags['insecure-skip-tls-verify'] }),
    ...(flags['proxy-url'] !== '' && { 'proxy-url': flags['proxy-url'] }),
    ...(flags['tls-server-name'] !== '' && { 'tls-server-name': flags['tls-server-name'] }),
  };
  write(session, withEntry(read(session), 'clusters', 'cluster', name, changes));
  session.print(`Cluster ${quote(name)} set.`);
  return undefined;
});

const userFlags = {
  token: text(),
  username: text(),
  password: text(),
  'client-certificate': text(),
  'client-key': text(),
  'embed-certs': flag(),
  'exec-command': text(),
  'exec-api-version': text(),
  'exec-arg': list(),
  'exec-env': list(),
} as const;

export const setCredentials = command(userFlags, (session, { flags, words: [name, ...more] }): Outcome => {
  if (name === undefined || more.length > 0) return usageProblem('Unexpected args: expected one name', 'config set-credentials');
  const plain = ['token', 'username', 'password', 'client-certificate', 'client-key'] as const;
  const changes = Object.fromEntries(plain.filter((key) => flags[key] !== '').map((key) => [key, flags[key]]));
  write(session, withEntry(read(session), 'users', 'user', name, changes));
  session.print(`User ${quote(name)} set.`);
  return undefined;
});

function withEntry(config: Kubeconfig, section: Section, field: string, name: string, changes: object): Kubeconfig {
  const entries = entriesOf(config, section);
  const before = entries.find((entry) => entry.name === name);
  const after = { ...before, name, [field]: { ...(before?.[field] as object | undefined), ...changes } };
  return { ...config, [section]: before ? entries.map((entry) => (entry === before ? after : entry)) : [...entries, after] };
}

/** 'current-context', 'contexts.NAME.namespace', 'clusters.NAME.server', 'users.NAME.token'. */
export const unset = command({}, (session, { words: [path, ...more] }): Outcome => {
  if (path === undefined || more.length > 0) return usageProblem('unexpected args: expected one property', 'config unset');
  write(session, at(read(session), path, undefined));
  session.print(`Property ${quote(path)} unset.`);
  return undefined;
});

export const set = command({ 'set-raw-bytes': flag() }, (session, { words: [path, value, ...more] }): Outcome => {
  if (path === undefined || value === undefined || more.length > 0) return usageProblem('unexpected args: expected a property and its value', 'config set');
  write(session, at(read(session), path, value));
  session.print(`Property ${quote(path)} set.`);
  return undefined;
});

function at(config: Kubeconfig, path: string, value: string | undefined): Kubeconfig {
  const [first = '', ...rest] = path.split('.');
  const field = ({ contexts: 'context', clusters: 'cluster', users: 'user' } as Readonly<Record<string, string>>)[first];
  if (!field || rest.length === 0) return { ...config, [first]: value };
  const property = rest.at(-1)!;
  const name = rest.slice(0, -1).join('.');
  if (rest.length === 1) return { ...config, [first]: entriesOf(config, first as Section).filter((entry) => entry.name !== property) };
  return withEntry(config, first as Section, field, name, { [property]: value });
}
