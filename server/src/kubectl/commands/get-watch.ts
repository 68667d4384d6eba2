// kubectl get -w: the table, and then a line for every change.
import { parseSelector } from '../../kube/label-selector-text.ts';
import { matches, type Selector } from '../../kube/label-selector.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Outcome } from '../command.ts';
import type { Wait } from '../environment.ts';
import type { Format } from '../output/formats.ts';
import { cellText } from '../output/table.ts';
import { tableAlignment } from '../output/tabwriter.ts';
import type { Cell } from '../printers/cell.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Selected, Target } from '../targets.ts';
import type { GetFlags } from './get-flags.ts';
import { GetTable } from './get-table.ts';
import { itemsOf } from './items.ts';

/** Goes on until whoever runs it stops it. */
export function* watchItems(selected: Selected, flags: GetFlags, session: Session, format: Format | undefined): Generator<Wait, Outcome> {
  const [kind, ...more] = [...new Set([...selected.kinds, ...selected.targets.map((target) => target.kind)])];
  if (!kind || more.length > 0 || selected.targets.length > 1) return problem('you may only specify a single resource type');
  const [target] = selected.targets;
  const filter = filterOf(target, flags, session);
  if (isProblem(filter)) return filter;
  const listed = itemsOf(kind, flags, session);
  if (isProblem(listed)) return listed;
  if (target) {
    const found = session.get(kind, target.namespace, target.name);
    if (isProblem(found)) return found;
  }
  const print = printer(new GetTable(kind, { ...flags, withKind: flags['show-kind'], now: session.environment.now() }), flags, session, format);
  if (!flags['watch-only']) for (const { object } of listed.items.filter((item) => filter(item.object))) print(object);
  for (let version = listed.version; ;) {
    yield {};
    for (const change of session.environment.changes(kind, version)) {
      version = change.version;
      if (filter(change.object)) print(change.object);
    }
  }
}

function filterOf(target: Target | undefined, flags: GetFlags, session: Session): ((object: KubeObject) => boolean) | Problem {
  const parsed: { selector: Selector } | { error: string } = parseSelector(flags.selector);
  if ('error' in parsed) return problem(parsed.error);
  return ({ metadata: { name, namespace, labels } }) =>
    (target === undefined || target.name === name) &&
    (flags['all-namespaces'] || namespace === undefined || namespace === session.namespace) &&
    matches(parsed.selector, labels);
}

/** Prints one line at a time; columns keep the width that they once needed. */
function printer(table: GetTable, flags: GetFlags, session: Session, format: Format | undefined): (object: KubeObject) => void {
  const widths: number[] = [];
  let headerDue = !flags['no-headers'];
  const line = (cells: readonly Cell[]) => {
    const texts = cells.map(cellText);
    texts.slice(0, -1).forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? tableAlignment.minWidth, cell.length + tableAlignment.padding)));
    session.print(texts.map((cell, i) => (i === texts.length - 1 ? cell : cell.padEnd(widths[i]!))).join(''));
  };
  return (object) => {
    if (format) {
      const printed = format(object);
      return isProblem(printed) ? session.environment.stderr(`${printed.alone}\n`) : session.environment.stdout(printed);
    }
    const row = table.row(object, session.environment.now());
    // The header is as wide as the first row needs it.
    row.slice(0, -1).forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? tableAlignment.minWidth, cellText(cell).length + tableAlignment.padding)));
    if (headerDue) line(table.header());
    headerDue = false;
    line(row);
  };
}
