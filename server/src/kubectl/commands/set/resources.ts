// kubectl set resources: 'kubectl set resources deploy/web --limits=cpu=200m,memory=128Mi'.
import { quote } from '../../../kube/quote.ts';
import { command, type Outcome } from '../../command.ts';
import { recorded, recordFlags } from '../../change-cause.ts';
import { flag, text } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { resultFlags } from '../../results.ts';
import { fileFlags, resolve } from '../../targets.ts';
import { readAmounts, type Amounts } from '../amounts.ts';
import { sendChange } from '../change.ts';
import { changeContainers, podSpecOf, withPodSpec } from '../pod-specs.ts';

const flags = {
  ...fileFlags,
  local: flag(),
  'field-manager': text(undefined, 'kubectl-set'),
  selector: text('l'),
  all: flag(),
  containers: text('c', '*'),
  limits: text(),
  requests: text(),
  ...recordFlags,
  ...resultFlags,
} as const;

export const setResources = command(flags, (session, { flags, words }): Outcome => {
  const limits = readAmounts(flags.limits);
  const requests = readAmounts(flags.requests);
  if (isProblem(limits)) return limits;
  if (isProblem(requests)) return requests;
  if (flags.limits === '' && flags.requests === '') return problem('you must specify an update to requests or limits (in the form of --requests/--limits)');
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const spec = podSpecOf(found.object);
    const changed =
      spec && changeContainers(spec, flags.containers, (container) => ({ ...container, resources: withAmounts(container.resources, limits, requests) }));
    const failed = !changed
      ? problem(`${found.kind.resource}/${found.name} has no containers`)
      : changed.matched.length === 0
        ? problem(`unable to find container named ${quote(flags.containers)}`)
        : sendChange(found, recorded(withPodSpec(found.object, changed.spec), session, flags), flags, session, {
            manager: flags['field-manager'],
            operation: 'resource requirements updated',
          });
    if (failed) problems.push(failed);
  }
  return together(problems);
});

type Resources = { readonly limits?: Readonly<Record<string, string | number>>; readonly requests?: Readonly<Record<string, string | number>> };

function withAmounts<T extends Resources>(before: T, limits: Amounts, requests: Amounts): T {
  return {
    ...before,
    ...(Object.keys(limits).length > 0 && { limits: { ...before.limits, ...limits } }),
    ...(Object.keys(requests).length > 0 && { requests: { ...before.requests, ...requests } }),
  };
}
