// kubectl set env: 'kubectl set env deploy/web MODE=blue OLD-'.
import { quote } from '../../../kube/quote.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, list, text } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { resultFlags } from '../../results.ts';
import { fileFlags, resolve } from '../../targets.ts';
import type { EnvVar, PodSpec } from '../../../schema/generated/types.ts';
import { sendChange } from '../change.ts';
import { splitPairs, type Pairs } from '../pairs.ts';
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
  overwrite: flag(true),
  ...resultFlags,
} as const;

export const setEnv = command(flags, (session, { flags, words }): Outcome => {
  const split = splitPairs([...words, ...flags.env], 'environment variable');
  if (isProblem(split)) return split;
  const resolved = resolve(split.words, flags, session);
  if (isProblem(resolved)) return resolved;
  if (!flags.list && split.pairs.length === 0 && split.removals.length === 0) return together(resolved.problems);
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
    const taken = flags.overwrite ? undefined : alreadySet(spec, split, flags.containers);
    const changed = changeContainers(spec, flags.containers, (container) => ({ ...container, env: updated(container.env ?? [], split) }));
    const failed =
      taken ??
      (changed.matched.length === 0
        ? problem(`${found.kind.resource}/${found.name} does not have any containers matching ${quote(flags.containers)}`)
        : sendChange(found, withPodSpec(found.object, changed.spec), flags, session, { manager: flags['field-manager'], operation: 'env updated' }));
    if (failed) problems.push(failed);
  }
  return together(problems);
});

/** Known variables keep their place, new ones come last. */
function updated(before: readonly EnvVar[], { pairs, removals }: Pairs): readonly EnvVar[] {
  const values = new Map(pairs);
  const kept = before
    .filter(({ name }) => !removals.includes(name))
    .map((variable) => (values.has(variable.name) ? { name: variable.name, value: values.get(variable.name)! } : variable));
  const added = [...values].filter(([name]) => !before.some((variable) => variable.name === name)).map(([name, value]) => ({ name, value }));
  return [...kept, ...added];
}

function alreadySet(spec: PodSpec, { pairs }: Pairs, containers: string): Problem | undefined {
  let taken: string | undefined;
  changeContainers(spec, containers, (container) => {
    taken ??= pairs.find(([name]) => container.env?.some((variable) => variable.name === name))?.[0];
    return container;
  });
  return taken === undefined ? undefined : problem(`'${taken}' already has a value, and --overwrite is false`);
}

function listVariables(spec: PodSpec, what: string, containers: string, print: (line: string) => void): void {
  changeContainers(spec, containers, (container) => {
    print(`# ${what}, container ${container.name}`);
    for (const { name, value = '', valueFrom } of container.env ?? []) print(valueFrom ? `# ${name} from ${Object.keys(valueFrom)[0]}` : `${name}=${value}`);
    return container;
  });
}
