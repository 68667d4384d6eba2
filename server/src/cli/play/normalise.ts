// What differs from run to run, replaced: ages, addresses, generated names, times. Outputs are compared after this.
//
// Invariant: it does to a text exactly what the reference player (test/conformance/oracle/scenarios/play.mjs) does to it;
// test/cli/normalise.test.ts runs both on the same texts.

export interface Names {
  readonly namespace: string;
  /** Names of objects whose pods or children have generated names. */
  readonly owners: ReadonlySet<string>;
}

const suffix = '[bcdfghjklmnpqrstvwxz2456789]{5}';

export function normaliseText(text: string, { namespace, owners }: Names): string {
  return withoutGeneratedNames(text.replaceAll(namespace, '<namespace>'), owners)
    .replace(new RegExp(`kube-api-access-${suffix}\\b`, 'g'), 'kube-api-access-*****')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000 UTC *|\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}/g, '<time>')
    .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>')
    .replace(/("?resourceVersion"?: )"\d+"/g, '$1"<version>"')
    .replace(/(Resource Version:\s+)\d+/g, '$1<version>')
    .replace(/\b10\.\d+\.\d+\.\d+\b/g, '<ip>')
    .replace(/\bnode-\d+\b/g, '<node>')
    .replace(/\bzone-[abc]\b/g, '<zone>')
    .replace(/\b3[0-2]\d{3}(?=\/(TCP|UDP))/g, '<nodePort>')
    .replace(/^(Duration:\s+)\S+/gm, '$1<age>')
    .replace(/\bhttps:\/\/127\.0\.0\.1:\d+/g, '<server>');
}

/** 'web-7bc8f5967c-x2k9p' → 'web-7bc8f5967c-*****', 'tick-29012345-abcde' → 'tick-########-*****'. */
function withoutGeneratedNames(text: string, owners: ReadonlySet<string>): string {
  if (owners.size === 0) return text;
  const longestFirst = [...owners].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.]/g, '\\.'));
  const owner = `\\b(${longestFirst.join('|')})`;
  return text
    .replace(
      new RegExp(`${owner}(-\\d{8,10})?(-\\d{1,3})?-${suffix}\\b`, 'g'),
      (_, name: string, minute?: string, index?: string) => `${name}${minute ? '-########' : ''}${index ?? ''}-*****`,
    )
    .replace(new RegExp(`${owner}-\\d{8,10}\\b`, 'g'), '$1-########');
}

/** How often these are repeated depends on the moment at which one looks. */
const periodic = /^(FailedBinding|FailedScheduling|FailedCreate|FailedGetResourceMetric|FailedComputeMetricsReplicas|FailedGetScale|NoPods)$/;

/** After ten different messages the recorder folds the rest by chance, so such a group becomes one line. */
function folded(lines: readonly string[], reasonOf: (line: string) => string | undefined): readonly string[] {
  const combined = new Set(lines.filter((line) => line.includes('(combined from similar events)')).map(reasonOf));
  return [...new Set(lines.map((line) => (combined.has(reasonOf(line)) ? `  ${reasonOf(line)} (many, some combined)` : line)))];
}

const volatileColumns = new Set(['AGE', 'LAST SCHEDULE', 'DURATION', 'IP', 'CLUSTER-IP', 'ENDPOINTS', 'NODE', 'LAST SEEN']);

/** An output of kubectl: tables cut by the columns of their header, the events of describe in their own form. */
export function normalise(text: string, names: Names): string {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (isTableHeader(line)) {
      let end = i + 1;
      while (end < lines.length && lines[end]!.trim() && !/^Error|^No resources/.test(lines[end]!)) end++;
      out.push(...table(line, lines.slice(i + 1, end), names));
      i = end - 1;
    } else if (/^Events:\s*$/.test(line)) {
      let end = i + 3;
      while (end < lines.length && /^  \S/.test(lines[end]!)) end++;
      out.push(...describedEvents(lines.slice(i + 3, end), names));
      i = end - 1;
    } else if (/^Events:\s+<none>/.test(line)) out.push('Events: <none>');
    else {
      const clean = normaliseText(line, names).trimEnd();
      if (clean !== out.at(-1) || !/^Waiting for|^\s*$/.test(clean)) out.push(clean);
    }
  }
  return out.join('\n').replace(/\n*$/, '\n').replace(/^\n$/, '');
}

const isTableHeader = (line: string) => /^(LAST SEEN|NAMESPACE|NAME)\b.*\s{2,}\S/.test(line) && /^[A-Z -]+$/.test(line.replace(/[()/]/g, ''));

function table(header: string, body: readonly string[], names: Names): readonly string[] {
  const columns = [...header.matchAll(/\S+(?: \S+)*/g)].map((found) => ({ at: found.index, name: found[0] }));
  const last = columns.at(-1)!;
  // A volatile column inside moves everything behind it, so such a table is written with bars.
  const barred = columns.slice(0, -1).some(({ name }) => volatileColumns.has(name) || name === 'NAMESPACE');
  const rows = body.map((line) => {
    const cells = columns.map(({ at, name }, n) => cell(line.slice(at, columns[n + 1]?.at).trim(), name));
    const row = barred ? cells.join(' | ') : volatileColumns.has(last.name) ? line.slice(0, last.at) + cells.at(-1) : line.trimEnd();
    return normaliseText(row, names).trimEnd();
  });
  return [barred ? columns.map(({ name }) => name).join(' | ') : header, ...sortRuns(rows)];
}

const cell = (value: string, column: string) =>
  volatileColumns.has(column) && !/^<none>$|^<invalid>$|^None$/.test(value) ? '<var>' : value.replace(/ \(\d+\w* ago\)/, ' (<age> ago)');

/** Rows of the same name are sorted among themselves: their random endings are gone. */
function sortRuns(rows: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let start = 0; start < rows.length;) {
    const key = nameOf(rows[start]!);
    let end = start;
    while (end < rows.length && nameOf(rows[end]!) === key) end++;
    out.push(...rows.slice(start, end).sort());
    start = end;
  }
  return out;
}

const nameOf = (row: string) => row.split(/[ |]/)[0];

/** Type, reason, how often, from, message; those of the kubelet left out. */
function describedEvents(rows: readonly string[], names: Names): readonly string[] {
  const lines: string[] = [];
  for (const row of rows) {
    const cells = row.trim().split(/ {2,}/);
    if (cells[3] === 'kubelet') continue;
    const age = (cells[2] ?? '')
      .replace(/^.*\((x\d+) over .*\)$/, '$1')
      .replace(/^[\dhmsd]+$/, 'once')
      .replace('<unknown>', 'once');
    lines.push(normaliseText(`  ${[cells[0], cells[1], periodic.test(cells[1] ?? '') ? 'often' : age, ...cells.slice(3)].join(' | ')}`, names));
  }
  return [lines.length > 0 ? 'Events:' : 'Events: <none>', ...folded([...new Set(lines)], (line) => line.split(' | ')[1])];
}

/** The fields of an Event that the lines are made of. */
export interface RecordedEvent {
  readonly metadata: { readonly name: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number };
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
  readonly involvedObject: { readonly kind?: string; readonly name?: string };
}

const reasonIn = (line: string) => line.split(' ')[3];
const reporterOf = (event: RecordedEvent) => event.source?.component || event.reportingComponent;

/** The controllers' events, grouped by object, in order; equal groups once, with their number. */
export function eventLines(events: readonly RecordedEvent[], names: Names): string {
  const orderOf = (event: RecordedEvent) => event.metadata.name.split('.').at(-1)!.padStart(20, '0');
  const ordered = events.filter((event) => reporterOf(event) !== 'kubelet').sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const groups = new Map<string, string[]>();
  for (const event of ordered) {
    const key = `${event.involvedObject.kind}/${event.involvedObject.name}`;
    const count = event.series?.count ?? event.count ?? 1;
    const times = count > 1 && !periodic.test(event.reason ?? '') ? ` (x${count})` : '';
    const line = `  ${event.type} ${event.reason} ${normaliseText(event.message ?? '', names)}${times} [${reporterOf(event)}]`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const same = new Map<string, number>();
  for (const [key, all] of groups) {
    const once = all.filter((line, n) => !periodic.test(reasonIn(line) ?? '') || all.indexOf(line) === n);
    const lines = folded(once, reasonIn);
    const text = `${normaliseText(key, names)}\n${lines.join('\n')}`;
    same.set(text, (same.get(text) ?? 0) + 1);
  }
  const texts = [...same].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, n]) => (n > 1 ? text.replace('\n', ` ×${n}\n`) : text));
  return `${texts.join('\n')}\n`;
}
