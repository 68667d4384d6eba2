// kubectl diff: what apply would change, as `diff -u -N` shows it. Exit code 1 when there is something.
import { lastAppliedOf } from '../../cluster/registry/patch/last-applied.ts';
import { patchToApply } from '../../cluster/registry/patch/three-way.ts';
import type { KubeObject } from '../../kube/object.ts';
import { command, type Outcome } from '../command.ts';
import { flag, list, text, type Values } from '../flags.ts';
import { givenManifests } from '../kustomize/manifests.ts';
import type { Manifest } from '../manifests.ts';
import { unifiedDiff } from '../output/unified-diff.ts';
import { toYaml } from '../output/yaml.ts';
import { isEmpty } from '../patch/merge-patch.ts';
import { isNotFound, isProblem, problem, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';

const flags = {
  filename: list('f'),
  kustomize: text('k'),
  recursive: flag(false, 'R'),
  selector: text('l'),
  'server-side': flag(),
  'force-conflicts': flag(),
  'field-manager': text(undefined, 'kubectl-client-side-apply'),
  'show-managed-fields': flag(),
  prune: flag(),
  'prune-allowlist': list(undefined, false),
  concurrency: text(undefined, '1'),
} as const;

type DiffFlags = Values<typeof flags>;

export const diff = command(flags, (session, { flags, given, words }): Outcome => {
  if (words.length > 0) return problem(`Unexpected args: [${words.join(' ')}]\nSee 'kubectl diff -h' for help and examples`);
  if (flags.filename.length === 0 && flags.kustomize === '') return problem('must specify one of -f and -k');
  const read = givenManifests(flags, session);
  if (isProblem(read)) return read;
  if (read.problems[0]) return read.problems[0];
  const manager = flags['server-side'] && !given.has('field-manager') ? 'kubectl' : flags['field-manager'];
  let different = false;
  const texts: string[] = [];
  for (const manifest of read.manifests) {
    const { kind, object } = manifest;
    const current = session.get(kind, object.metadata.namespace, object.metadata.name);
    if (isProblem(current) && !isNotFound(current)) return current;
    const live = isProblem(current) ? undefined : current;
    const merged = mergedWith(live, manifest, session, flags, manager);
    if (isProblem(merged)) return merged;
    const name = [...(kind.group ? [kind.group] : []), kind.version, kind.kind, object.metadata.namespace ?? '', object.metadata.name].join('.');
    const [before, after] = [shown(live, flags, kind.kind, merged, 'before'), shown(merged, flags, kind.kind, live, 'after')];
    const text = unifiedDiff({ name: `/tmp/LIVE/${name}`, text: before }, { name: `/tmp/MERGED/${name}`, text: after }, session.environment.now());
    different ||= text !== '';
    texts.push(text);
  }
  session.environment.stdout(texts.join(''));
  return different ? 1 : undefined;
});

function mergedWith(live: KubeObject | undefined, { object, kind }: Manifest, session: Session, flags: DiffFlags, manager: string): KubeObject | Problem {
  const { namespace, name } = object.metadata;
  const options = { fieldManager: manager, dryRun: true } as const;
  if (flags['server-side']) return session.patch(kind, namespace, name, { type: 'apply', body: object }, { ...options, force: flags['force-conflicts'] });
  // As apply has it, but without its annotation: that one would differ every time.
  const modified = { ...object, metadata: { ...object.metadata, annotations: object.metadata.annotations ?? {} } };
  if (!live) return session.create(kind, namespace, modified, options);
  const { managedFields: _, ...metadata } = live.metadata;
  const made = patchToApply(kind, lastAppliedOf({ ...live }), modified, { ...live, metadata });
  if ('error' in made) return problem(made.error);
  return isEmpty(made.result) ? live : session.patch(kind, namespace, name, { type: made.type, body: made.result }, options);
}

/** What a Secret holds is not shown, only whether it changes. */
function shown(object: KubeObject | undefined, flags: DiffFlags, kind: string, other: KubeObject | undefined, side: 'before' | 'after'): string {
  if (!object) return '';
  const { managedFields, ...metadata } = object.metadata;
  const printed = flags['show-managed-fields'] && managedFields ? object : { ...object, metadata };
  if (kind !== 'Secret') return toYaml(printed);
  const [own, theirs] = [dataOf(object), dataOf(other)];
  // Of a value that differs it is told which side it stands on.
  const masked = Object.fromEntries(
    Object.entries(own).map(([key, value]) => [key, theirs[key] === undefined || theirs[key] === value ? '***' : `*** (${side})`]),
  );
  return toYaml({ ...printed, data: masked });
}

const dataOf = (object: KubeObject | undefined): Readonly<Record<string, string>> =>
  (object as { data?: Readonly<Record<string, string>> } | undefined)?.data ?? {};
