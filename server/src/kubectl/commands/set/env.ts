// kubectl set env: 'kubectl set env deploy/web MODE=blue OLD-'.
import { quote } from '../../../kube/quote.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, list, text, type Values } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { resultFlags } from '../../results.ts';
import type { Session } from '../../session.ts';
import { fileFlags, resolve } from '../../targets.ts';
import type { ConfigMap, EnvVar, EnvVarSource, PodSpec } from '../../../schema/generated/types.ts';
import { sendChange } from '../change.ts';
import { splitPairs } from '../pairs.ts';
import { changeContainers, podSpecOf, withPodSpec } from '../pod-specs.ts';

const flags = {
  ...fileFlags,
  local: flag(),
  'field-manager': text(undefined, 'kubectl-set'),
  selector: text('l'),
  all: flag(),
  containers: text('c', '*'),
  env: list('e', false),
  list: flag(),
  from: text(),
  keys: list(),
  prefix: text(),
  overwrite: flag(true),
  ...resultFlags,
} as const;

type EnvFlags = Values<typeof flags>;

export const setEnv = command(flags, (session, { flags, words }): Outcome => {
  const split = splitPairs([...words, ...flags.env], 'environment variable');
  if (isProblem(split)) return split;
  const wrong = split.pairs.map(([key]) => keyProblem(key)).find((each) => each !== undefined);
  if (wrong) return wrong;
  const taken = flags.from === '' ? [] : variablesFrom(flags, session);
  if (isProblem(taken)) return taken;
  const variables = [...split.pairs.map(([name, value]) => ({ name, value })), ...taken].map((each) => ({ ...each, name: flags.prefix + each.name }));
  const resolved = resolve(split.words, flags, session);
  if (isProblem(resolved)) return resolved;
  if (!flags.list && flags.from === '' && split.pairs.length === 0 && split.removals.length === 0) return together(resolved.problems);
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const spec = podSpecOf(found.object);
    if (!spec) {
      problems.push(problem(`${found.kind.resource}/${found.name} is not a pod or does not have a pod template`));
      continue;
    }
    if (flags.list) {
      listVariables(spec, `${found.kind.kind} ${found.name}`, flags.containers, (line) => session.print(line));
      continue;
    }
    const refused = flags.overwrite ? undefined : alreadySet(spec, variables, flags.containers);
    const changed = changeContainers(spec, flags.containers, (container) => ({ ...container, env: updated(container.env ?? [], variables, split.removals) }));
    const failed =
      refused ??
      (changed.matched.length === 0
        ? problem(`${found.kind.resource}/${found.name} does not have any containers matching ${quote(flags.containers)}`)
        : sendChange(found, withPodSpec(found.object, changed.spec), flags, session, { manager: flags['field-manager'], operation: 'env updated' }));
    if (failed) problems.push(failed);
  }
  return together(problems);
});

/** Known variables keep their place, new ones come last. */
function updated(before: readonly EnvVar[], variables: readonly EnvVar[], removals: readonly string[]): readonly EnvVar[] {
  const wanted = new Map(variables.map((variable) => [variable.name, variable]));
  const kept = before.filter(({ name }) => !removals.includes(name)).map((variable) => wanted.get(variable.name) ?? variable);
  return [...kept, ...[...wanted.values()].filter(({ name }) => !before.some((variable) => variable.name === name))];
}

function alreadySet(spec: PodSpec, variables: readonly EnvVar[], containers: string): Problem | undefined {
  let taken: string | undefined;
  changeContainers(spec, containers, (container) => {
    taken ??= variables.find(({ name }) => container.env?.some((variable) => variable.name === name))?.name;
    return container;
  });
  return taken === undefined ? undefined : problem(`'${taken}' already has a value, and --overwrite is false`);
}

const keyProblem = (key: string): Problem | undefined =>
  /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key) ? undefined : problem(`${quote(key)} is not a valid key name: ${badKey}`);

const badKey =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

/** --from: a reference to each key of a ConfigMap or Secret, or to those of --keys. */
function variablesFrom({ from, keys, all, selector }: EnvFlags, session: Session): readonly EnvVar[] | Problem {
  const resolved = resolve([from], { all, selector }, session);
  if (isProblem(resolved)) return resolved;
  if (resolved.problems[0]) return resolved.problems[0];
  const variables: EnvVar[] = [];
  for (const { object } of resolved.found) {
    const { kind, metadata, data = {} } = object as ConfigMap;
    if (kind !== 'ConfigMap' && kind !== 'Secret') return problem('unsupported resource specified in --from');
    const reference = kind === 'ConfigMap' ? 'configMapKeyRef' : 'secretKeyRef';
    for (const key of Object.keys(data)) {
      if (keys.length > 0 && !keys.includes(key)) continue;
      const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
      if (name !== key) session.warn(`key ${key} transferred to ${name}`);
      variables.push({ name, valueFrom: { [reference]: { name: metadata.name, key } } });
    }
  }
  return variables;
}

function listVariables(spec: PodSpec, what: string, containers: string, print: (line: string) => void): void {
  changeContainers(spec, containers, (container) => {
    print(`# ${what}, container ${container.name}`);
    for (const { name, value = '', valueFrom } of container.env ?? []) print(valueFrom ? `# ${name} from ${sourceText(valueFrom)}` : `${name}=${value}`);
    return container;
  });
}

function sourceText({ configMapKeyRef: map, secretKeyRef: secret, fieldRef: field, resourceFieldRef: resource }: EnvVarSource): string {
  if (map) return `configmap ${map.name}, key ${map.key}`;
  if (secret) return `secret ${secret.name}, key ${secret.key}`;
  if (field) return `field path ${field.fieldPath}`;
  return resource ? `resource field ${resource.containerName ? `${resource.containerName}/` : ''}${resource.resource}` : 'invalid valueFrom';
}
