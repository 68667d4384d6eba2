// kubectl api-resources and api-versions: what the API serves.
import { command, type Outcome } from '../command.ts';
import { flag, list, text } from '../flags.ts';
import { printTable } from '../output/table.ts';
import { problem } from '../problem.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { byBytes } from '../../kube/go-json.ts';

const flags = {
  'api-group': text(),
  namespaced: flag(true),
  cached: flag(),
  verbs: list(),
  categories: list(),
  output: text('o'),
  'no-headers': flag(),
  'sort-by': text(),
} as const;

export const apiResources = command(flags, (session, { flags, given }): Outcome => {
  if (flags['sort-by'] !== '' && flags['sort-by'] !== 'name' && flags['sort-by'] !== 'kind') return problem(`--sort-by accepts only name or kind`);
  if (flags.output !== '' && flags.output !== 'wide' && flags.output !== 'name') return problem(`--output must be one of wide, name`);
  // Of each group only the version that the server prefers.
  const { kinds } = session.served;
  const preferred = kinds.filter((kind) => kinds.find(({ group }) => group === kind.group)!.version === kind.version);
  const shown = preferred.filter(
    (kind) =>
      (!given.has('api-group') || kind.group === flags['api-group']) &&
      (!given.has('namespaced') || kind.namespaced === flags.namespaced) &&
      flags.verbs.every((verb) => kind.verbs.includes(verb)) &&
      flags.categories.every((category) => kind.categories.includes(category)),
  );
  const key = flags['sort-by'] === 'kind' ? (kind: KindInfo) => kind.kind : (kind: KindInfo) => kind.resource;
  const sorted = shown.toSorted((a, b) => (flags['sort-by'] === '' ? byBytes(a.group, b.group) : 0) || byBytes(key(a), key(b)));
  if (flags.output === 'name') for (const { resource, group } of sorted) session.print(`${resource}${group && `.${group}`}`);
  else session.environment.stdout(tableOf(sorted, flags.output === 'wide', flags['no-headers']));
  return undefined;
});

function tableOf(kinds: readonly KindInfo[], wide: boolean, noHeaders: boolean): string {
  const rows = kinds.map(({ resource, shortNames, apiVersion, namespaced, kind, verbs, categories }) => [
    resource,
    shortNames.join(','),
    apiVersion,
    String(namespaced),
    kind,
    ...(wide ? [verbs.join(','), categories.join(',')] : []),
  ]);
  const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
  return printTable(noHeaders ? undefined : header, rows);
}

export const apiVersions = command({}, (session): Outcome => {
  for (const version of [...new Set(session.served.kinds.map(({ apiVersion }) => apiVersion))].sort()) session.print(version);
  return undefined;
});
