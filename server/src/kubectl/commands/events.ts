// kubectl events: what happened, oldest first. Source: kubectl pkg/cmd/events.
import type { KubeObject } from '../../kube/object.ts';
import { parseTime } from '../../kube/time.ts';
import type { Event } from '../../schema/generated/types.ts';
import { kindOf } from '../../schema/kinds.ts';
import { command, type Outcome } from '../command.ts';
import { eventAge } from '../describe/events.ts';
import type { Wait } from '../environment.ts';
import { flag, list, number, text, type Values } from '../flags.ts';
import { formatOf } from '../output/formats.ts';
import { printTable } from '../output/table.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import { kindsNamed } from '../resource-names.ts';
import type { Session } from '../session.ts';

const flags = {
  'all-namespaces': flag(false, 'A'),
  watch: flag(false, 'w'),
  for: text(),
  types: list(),
  'no-headers': flag(),
  'chunk-size': number(500),
  output: text('o'),
  template: text(),
  'show-managed-fields': flag(),
  'allow-missing-template-keys': flag(true),
} as const;

type EventsFlags = Values<typeof flags>;

export const events = command(flags, function* (session, { flags }): Generator<Wait, Outcome> {
  if (flags.types.some((type) => !/^(normal|warning)$/i.test(type))) return problem('valid --types are Normal or Warning');
  const about = flags.for === '' ? undefined : aboutOf(flags.for, session);
  if (isProblem(about)) return about;
  const kind = kindOf('v1', 'Event')!;
  const namespace = flags['all-namespaces'] ? undefined : session.namespace;
  const listed = session.list(kind, namespace, about ? { fieldSelector: `involvedObject.kind=${about.kind},involvedObject.name=${about.name}` } : {});
  if (isProblem(listed)) return listed;
  const isWanted = (event: Event) => flags.types.length === 0 || flags.types.some((type) => type.toLowerCase() === event.type?.toLowerCase());
  const found = (listed.items as readonly Event[]).filter(isWanted).toSorted((a, b) => timeOf(a) - timeOf(b));
  if (!flags.watch) return print(found, flags, session);
  const failed = found.length > 0 ? print(found, flags, session) : undefined;
  if (failed) return failed;
  let hasHeader = found.length > 0;
  for (let version = listed.metadata.resourceVersion; ;) {
    yield {};
    for (const change of session.environment.changes(kind, version)) {
      version = change.version;
      const event = change.object as Event;
      const isHere = namespace === undefined || event.metadata.namespace === namespace;
      const isAbout = !about || (event.involvedObject.kind === about.kind && event.involvedObject.name === about.name);
      if (change.type === 'DELETED' || !isHere || !isAbout || !isWanted(event)) continue;
      const failed = print([event], { ...flags, 'no-headers': flags['no-headers'] || hasHeader }, session);
      if (failed) return failed;
      hasHeader = true;
    }
  }
});

/** 'deploy/web' → whose events are meant. */
function aboutOf(word: string, session: Session): { readonly kind: string; readonly name: string } | Problem {
  const [resource = '', name, ...more] = word.split('/');
  if (!name || more.length > 0) return problem('--for must be in resource/name form');
  const kinds = kindsNamed(resource, session);
  return isProblem(kinds) ? kinds : { kind: kinds[0]!.kind, name };
}

const timeOf = ({ series, lastTimestamp, eventTime }: Event): number => parseTime(series?.lastObservedTime ?? lastTimestamp ?? eventTime) ?? 0;

function print(found: readonly Event[], flags: EventsFlags, session: Session): Problem | undefined {
  const { environment, namespace } = session;
  if (found.length === 0) {
    environment.stderr(flags['all-namespaces'] ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
    return undefined;
  }
  if (flags.output !== '') return printFormatted(found, flags, session);
  const header = [...(flags['all-namespaces'] ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  const now = environment.now();
  const rows = found.map((event) => [
    ...(flags['all-namespaces'] ? [event.metadata.namespace ?? ''] : []),
    eventAge(event, now),
    event.type ?? '',
    event.reason ?? '',
    `${event.involvedObject.kind}/${event.involvedObject.name}`,
    (event.message ?? '').trim(),
  ]);
  environment.stdout(printTable(flags['no-headers'] ? undefined : header, rows));
  return undefined;
}

function printFormatted(found: readonly Event[], flags: EventsFlags, { environment }: Session): Problem | undefined {
  const format = formatOf(flags.output, {
    showManagedFields: flags['show-managed-fields'],
    template: flags.template,
    allowMissingKeys: flags['allow-missing-template-keys'],
    files: environment.files,
  });
  if (!format || isProblem(format)) return format;
  const items = found.map((event) => ({ ...event, apiVersion: 'v1', kind: 'Event' }));
  const all = { apiVersion: 'v1', items, kind: 'EventList', metadata: { resourceVersion: '' } };
  const printed = format(all as unknown as KubeObject);
  if (isProblem(printed)) return printed;
  environment.stdout(printed);
  return undefined;
}
