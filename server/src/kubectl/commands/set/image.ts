// kubectl set image: 'kubectl set image deploy/web web=nginx:1.27'.
import { quote } from '../../../kube/quote.ts';
import { command, type Outcome } from '../../command.ts';
import { recorded, recordFlags } from '../../change-cause.ts';
import { flag, text } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { resultFlags } from '../../results.ts';
import { fileFlags, resolve } from '../../targets.ts';
import { sendChange } from '../change.ts';
import { splitPairs } from '../pairs.ts';
import { podSpecOf, withPodSpec } from '../pod-specs.ts';

const flags = {
  ...fileFlags,
  selector: text('l'),
  all: flag(),
  local: flag(),
  'field-manager': text(undefined, 'kubectl-set'),
  ...recordFlags,
  ...resultFlags,
} as const;

export const setImage = command(flags, (session, { flags, words }): Outcome => {
  const split = splitPairs(words, 'image');
  if (isProblem(split)) return split;
  if (split.pairs.length === 0) return problem('at least one image update is required');
  if (split.pairs.filter(([container]) => container === '*').length > 0 && split.pairs.length > 1)
    return problem('all containers are already specified by *, but saw more than one container_name=container_image pairs');
  const resolved = resolve(split.words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    let spec = podSpecOf(found.object);
    if (!spec) {
      problems.push(problem(`${found.kind.resource} ${found.name} has no containers`));
      continue;
    }
    for (const [container, image] of split.pairs) {
      const matches = (name: string) => container === '*' || name === container;
      if (![...spec.containers, ...(spec.initContainers ?? [])].some(({ name }) => matches(name)))
        problems.push(problem(`unable to find container named ${quote(container)}`));
      const change = <T extends { readonly name: string }>(each: T): T => (matches(each.name) ? { ...each, image } : each);
      spec = { ...spec, containers: spec.containers.map(change), ...(spec.initContainers && { initContainers: spec.initContainers.map(change) }) };
    }
    const changed = recorded(withPodSpec(found.object, spec), session, flags);
    const failed = sendChange(found, changed, flags, session, { manager: flags['field-manager'], operation: 'image updated' });
    if (failed) problems.push(failed);
  }
  return together(problems);
});
