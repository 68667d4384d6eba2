// kubectl get: tables, or objects in the formats of output/formats.ts.
import { command, type Outcome } from '../command.ts';
import type { Wait } from '../environment.ts';
import { formatOf, listOf, type Format } from '../output/formats.ts';
import { isNotFound, isProblem, problem, together, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import { namesFiles, selectFiles, selectWords, type Selected } from '../targets.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { GetTable, type TableOptions } from './get-table.ts';
import { itemsOf, type Item } from './items.ts';
import { sortItems, unsortable } from './sort-items.ts';
import { sendRaw } from './raw.ts';
import { getFlags, type GetFlags } from './get-flags.ts';
import { watchItems } from './get-watch.ts';

export const get = command(getFlags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  if (flags.raw !== '')
    return words.length > 0 ? problem('arguments may not be passed when --raw is specified') : sendRaw(flags.raw, 'get', undefined, session);
  if (flags['output-watch-events'] && !flags.watch && !flags['watch-only'])
    return problem('--output-watch-events option can only be used with --watch or --watch-only');
  const selected = select(words, flags, session);
  if (isProblem(selected)) return selected;
  const format = formatOf(flags.output, {
    noHeaders: flags['no-headers'],
    showManagedFields: flags['show-managed-fields'],
    template: flags.template,
    allowMissingKeys: flags['allow-missing-template-keys'],
    files: session.environment.files,
    tables: true,
  });
  if (isProblem(format)) return format;
  if (flags.watch || flags['watch-only']) return yield* watchItems(selected, flags, session, format);
  const { items, problems } = collect(selected, flags, session);
  if (format) {
    const sorted = sortItems(items, flags['sort-by']);
    return isProblem(sorted) ? sorted : printWhole(sorted, problems, selected, format, flags, session);
  }
  const sorted = sortedForTables(items, selected, flags['sort-by']);
  return isProblem(sorted) ? sorted : printTables(sorted, problems, selected, flags, session);
});

/** The real client sorts the rows of one table only, and one whose field is unknown stays empty. */
function sortedForTables(items: readonly Item[], { kinds, targets }: Selected, field: string): readonly Item[] | Problem {
  if (field === '' || items.length === 0 || targets.length === 1) return items;
  if (kinds.length > 1 || targets.length > 1) return unsortable(field);
  const sorted = sortItems(items, field);
  return isProblem(sorted) ? [] : sorted;
}

function select(words: readonly string[], flags: GetFlags, session: Session): Selected | Problem {
  if (namesFiles(flags)) return selectFiles(flags, session);
  if (words.length === 0) {
    session.environment.stderr('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n');
    return problem(
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples',
    );
  }
  const selected = selectWords(words, session);
  if (isProblem(selected)) return selected;
  if (selected.targets.length > 0 && flags.selector !== '') return problem('name cannot be provided when a selector is specified');
  if (selected.targets.length > 0 && flags['all-namespaces']) return problem('a resource cannot be retrieved by name across all namespaces');
  return selected;
}

/** The objects by name, or everything of the kinds that matches. */
function collect(selected: Selected, flags: GetFlags, session: Session): { items: readonly Item[]; problems: readonly Problem[] } {
  const items: Item[] = [];
  const problems = [...selected.problems];
  for (const { kind, namespace, name } of selected.targets) {
    const object = session.get(kind, namespace, name);
    if (!isProblem(object)) items.push({ kind, object });
    else if (!flags['ignore-not-found'] || !isNotFound(object)) problems.push(object);
  }
  for (const kind of selected.kinds) {
    const found = itemsOf(kind, flags, session);
    if (isProblem(found)) problems.push(found);
    else items.push(...found.items);
  }
  return { items, problems };
}

function printWhole(items: readonly Item[], problems: readonly Problem[], selected: Selected, format: Format, flags: GetFlags, session: Session): Outcome {
  const objects = items.map(({ object }) => object);
  const single = selected.kinds.length === 0 && selected.targets.length === 1;
  if (single && objects.length === 0) return together(problems);
  const eachAlone = flags.output === 'name';
  const printed = single ? format(objects[0]!) : eachAlone || objects.length > 0 || problems.length === 0 ? format(listOf(objects)) : '';
  if (isProblem(printed)) return printed;
  session.environment.stdout(printed);
  return together(problems);
}

function printTables(items: readonly Item[], problems: readonly Problem[], selected: Selected, flags: GetFlags, session: Session): Outcome {
  const kinds = new Set<KindInfo>([...selected.kinds, ...selected.targets.map(({ kind }) => kind)]);
  const options: TableOptions = { ...flags, withKind: flags['show-kind'] || kinds.size > 1, now: session.environment.now() };
  const tables: string[] = [];
  for (let start = 0; start < items.length;) {
    const { kind } = items[start]!;
    let end = start;
    while (end < items.length && items[end]!.kind === kind) end++;
    const table = new GetTable(kind, options);
    tables.push(table.print(items.slice(start, end).map(({ object }) => object)));
    start = end;
  }
  session.environment.stdout(tables.join(flags['no-headers'] ? '' : '\n'));
  if (items.length === 0 && problems.length === 0 && !flags['ignore-not-found']) session.environment.stderr(`${nothingFound([...kinds], flags, session)}\n`);
  return together(problems);
}

function nothingFound(kinds: readonly KindInfo[], flags: GetFlags, session: Session): string {
  const inOne = !flags['all-namespaces'] && kinds.every((kind) => kind.namespaced);
  return inOne ? `No resources found in ${session.namespace} namespace.` : 'No resources found';
}
