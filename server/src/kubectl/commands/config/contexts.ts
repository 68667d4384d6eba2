// kubectl config: which context, and which namespace it has.
import { quote } from '../../../kube/quote.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, text } from '../../flags.ts';
import { contextOf, readKubeconfig, redacted, withContext, type Kubeconfig } from '../../kubeconfig.ts';
import { printTemplate } from '../../output/jsonpath/evaluate.ts';
import { parseTemplate } from '../../output/jsonpath/parse.ts';
import { printTable } from '../../output/table.ts';
import { goJson } from '../../../kube/go-json.ts';
import { toYaml } from '../../output/yaml.ts';
import { problem } from '../../problem.ts';
import type { Session } from '../../session.ts';

const read = (session: Session) => readKubeconfig(session.environment.kubeconfig.read());
const write = (session: Session, config: Kubeconfig) => session.environment.kubeconfig.write(toYaml(config));

export const currentContext = command({}, (session): Outcome => {
  const name = read(session)['current-context'];
  if (!name) return problem('current-context is not set');
  session.print(name);
  return undefined;
});

export const useContext = command({}, (session, { words: [name = '', ...more] }): Outcome => {
  if (name === '' || more.length > 0) return problem('Unexpected args: expected one context name');
  const config = read(session);
  if (!contextOf(config, name)) return problem(`no context exists with the name: ${quote(name)}`);
  write(session, { ...config, 'current-context': name });
  session.print(`Switched to context "${name}".`);
  return undefined;
});

export const setContext = command({ current: flag(), cluster: text(), user: text() }, (session, { flags, given, words }): Outcome => {
  const config = read(session);
  if (flags.current && words.length > 0) return problem('you cannot specify both a context name and --current');
  const name = flags.current ? config['current-context'] : words[0];
  if (!name) return problem(flags.current ? 'no current context is set' : 'you must specify a non-empty context name or --current');
  const exists = contextOf(config, name) !== undefined;
  const { cluster, user } = flags;
  const namespace = given.has('namespace') ? session.namespace : undefined;
  write(
    session,
    withContext(config, name, { ...(cluster !== '' && { cluster }), ...(user !== '' && { user }), ...(namespace !== undefined && { namespace }) }),
  );
  session.print(`Context "${name}" ${exists ? 'modified' : 'created'}.`);
  return undefined;
});

export const getContexts = command({ 'no-headers': flag(), output: text('o') }, (session, { flags, words }): Outcome => {
  const config = read(session);
  const contexts = (config.contexts ?? []).filter(({ name }) => words.length === 0 || words.includes(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (flags.output === 'name') for (const { name } of contexts) session.print(name);
  else {
    const rows = contexts.map(({ name, context }) => [
      name === config['current-context'] ? '*' : '',
      name,
      context?.cluster ?? '',
      context?.user ?? '',
      context?.namespace ?? '',
    ]);
    session.environment.stdout(printTable(flags['no-headers'] ? undefined : ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'], rows));
  }
  return undefined;
});

export const viewConfig = command(
  { minify: flag(), raw: flag(), flatten: flag(), merge: flag(true), output: text('o', 'yaml') },
  (session, { flags }): Outcome => {
    const all = read(session);
    const whole = flags.minify ? minified(all) : all;
    const config = flags.raw ? whole : redacted(whole);
    if (flags.output === 'yaml') session.environment.stdout(toYaml(config));
    else if (flags.output === 'json') session.print(goJson(config, 4));
    else if (flags.output.startsWith('jsonpath=')) {
      const template = parseTemplate(flags.output.slice('jsonpath='.length));
      const printed = 'error' in template ? template : printTemplate(template.value, config, { missing: 'allow' });
      if ('error' in printed) return problem(printed.error);
      session.environment.stdout(printed.value);
    } else return problem(`unable to match a printer suitable for the output format ${quote(flags.output)}, allowed formats are: json,jsonpath,yaml`);
    return undefined;
  },
);

/** Only what the current context uses. */
function minified(config: Kubeconfig): Kubeconfig {
  const name = config['current-context'];
  const context = contextOf(config);
  return {
    ...config,
    contexts: (config.contexts ?? []).filter((entry) => entry.name === name),
    clusters: (config.clusters ?? []).filter((entry) => entry.name === context?.cluster),
    users: (config.users ?? []).filter((entry) => entry.name === context?.user),
  };
}
