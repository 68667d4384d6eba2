// kubectl set selector: 'kubectl set selector service/web app=blue'.
import type { KubeObject } from '../../../kube/object.ts';
import { parseSelector } from '../../../kube/label-selector-text.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, list, text } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { resultFlags } from '../../results.ts';
import { selectorObjectOf } from '../../selector-object.ts';
import { resolve } from '../../targets.ts';
import { sendChange } from '../change.ts';

const flags = {
  filename: list('f'),
  recursive: flag(true, 'R'),
  all: flag(),
  local: flag(),
  'resource-version': text(),
  'field-manager': text(undefined, 'kubectl-set'),
  ...resultFlags,
} as const;

export const setSelector = command(flags, (session, { flags, words }): Outcome => {
  const spec = words.at(-1);
  if (spec === undefined || words.length < 2) return problem('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const parsed = parseSelector(spec);
  if ('error' in parsed) return problem(parsed.error);
  const selector = selectorObjectOf(parsed.selector);
  const resolved = resolve(words.slice(0, -1), { ...flags, kustomize: '' }, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const failed =
      found.object.kind !== 'Service'
        ? problem(`setting a selector is only supported for Services`)
        : selector.matchExpressions
          ? problem(`couldn't convert expressions - "${JSON.stringify(selector.matchExpressions)}" to map-based selector format`)
          : sendChange(found, withSelector(found.object, selector.matchLabels ?? {}), flags, session, {
              manager: flags['field-manager'],
              operation: 'selector updated',
              sayAlways: true,
            });
    if (failed) problems.push(failed);
  }
  return together(problems);
});

const withSelector = (object: KubeObject, selector: Readonly<Record<string, string>>) =>
  ({ ...object, spec: { ...(object as { spec?: object }).spec, selector } }) as KubeObject;
