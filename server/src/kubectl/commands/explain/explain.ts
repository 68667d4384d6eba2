// kubectl explain: what the fields of a kind mean.
import { command, type Outcome } from '../../command.ts';
import { flag, text } from '../../flags.ts';
import { bare, problem, usageProblem } from '../../problem.ts';
import { kindNamed } from '../../resource-names.ts';
import { explainedKind } from './schema.ts';
import { explain } from './text.ts';

const flags = { recursive: flag(false, 'R'), 'api-version': text(), output: text('o', 'plaintext') } as const;

export const explainCommand = command(flags, (session, { flags, words }): Outcome => {
  const [spec, ...more] = words;
  if (spec === undefined)
    return problem('You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.');
  if (more.length > 0) return usageProblem('We accept only this format: explain RESOURCE', 'explain');
  if (flags.output !== 'plaintext' && flags.output !== 'plaintext-openapiv2') return problem(`unrecognized format: ${flags.output}`);
  const path = spec.replace(/\.$/, '').split('.');
  // 'deployments.apps.spec' names a group too.
  let found = undefined;
  let used = 1;
  for (let count = path.length; count > 0 && !found; count--) {
    found = kindNamed(path.slice(0, count).join('.'), session);
    if (found && count > 1 && !found.group.startsWith(path.slice(1, count).join('.')) && `${found.version}.${found.group}` !== path.slice(1, count).join('.'))
      found = undefined;
    used = count;
  }
  if (!found) return bare(`the server doesn't have a resource type "${path[0]}"`);
  const version = flags['api-version'];
  const kind = version === '' ? found : session.catalog.kinds.find((each) => each.kind === found.kind && each.apiVersion === version);
  if (!kind) return problem(`couldn't find resource for "${version}, Resource=${found.resource}"`);
  const explained = explain(kind, explainedKind(kind), { path: path.slice(used), recursive: flags.recursive });
  session.environment.stdout(explained.text);
  return explained.missing === undefined ? undefined : problem(`field "${explained.missing}" does not exist`);
});
