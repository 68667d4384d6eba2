// kubectl cp: files between this machine and a container, packed by the container's own tar.
import { archived, archiveEnd, members } from '../../../cluster/containers/files/archive.ts';
import { bytesOf, utf8, type Bytes } from '../../../cluster/containers/bytes.ts';
import { isStatus } from '../../../kube/status.ts';
import { quote } from '../../../kube/quote.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { command, type Outcome } from '../../command.ts';
import type { Files, Wait } from '../../environment.ts';
import { flag, number, text, type Values } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { readBytes } from '../../read-bytes.ts';
import type { Session } from '../../session.ts';
import { containerOf } from './container-of.ts';
import { converse, exited, notStarted, refused, terminalEnds, wholeInput, type Ends } from './converse.ts';

const flags = { container: text('c'), 'no-preserve': flag(), retries: number(0) } as const;

type CopyFlags = Values<typeof flags>;

/** '[[namespace/]pod:]path'; without a pod a file of this machine. */
interface Place {
  readonly namespace: string;
  readonly pod: string;
  readonly path: string;
}

export const cp = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  if (words.length !== 2) return problem("source and destination are required\nSee 'kubectl cp -h' for help and examples");
  if (!session.environment.containers) return problem('nothing runs here');
  const [from, to] = [placeOf(words[0]!), placeOf(words[1]!)];
  if (isProblem(from)) return from;
  if (isProblem(to)) return to;
  if (from.pod !== '' && to.pod !== '') return problem('one of src or dest must be a local file specification');
  if (from.path === '' || to.path === '') return problem('filepath can not be empty');
  if (from.pod !== '') return yield* fetch(from, to.path, flags, session);
  if (to.pod !== '') return yield* send(from.path, to, flags, session);
  return problem('one of src or dest must be a remote file specification');
});

function placeOf(word: string): Place | Problem {
  const colon = word.indexOf(':');
  const malformed = problem('filespec must match the canonical format: [[namespace/]pod:]file/path');
  if (colon === 0) return malformed;
  if (colon < 0) return { namespace: '', pod: '', path: word };
  const [first = '', second, ...more] = word.slice(0, colon).split('/');
  const path = word.slice(colon + 1);
  if (more.length > 0) return malformed;
  return second === undefined ? { namespace: '', pod: first, path } : { namespace: first, pod: second, path };
}

// ---- to a container ----

function* send(path: string, to: Place, flags: CopyFlags, session: Session): Generator<Wait, Outcome> {
  const { files, now } = session.environment;
  if (files.list(path) === undefined && 'missing' in files.read(path)) return problem(`${path} doesn't exist in local filesystem`);
  const isFolder = yield* run(to, ['test', '-d', to.path], flags, session, { input: undefined, stdout() {}, stderr() {} }, true);
  const target = isFolder === 0 ? `${to.path.replace(/\/+$/, '')}/${baseName(path)}` : to.path;
  const archive = pack(path, baseName(target), files, now());
  if (isProblem(archive)) return archive;
  const ends = terminalEnds(session.environment, wholeInput(archive));
  const line = ['tar', ...(flags['no-preserve'] ? ['--no-same-permissions', '--no-same-owner'] : []), '-xmf', '-', '-C', folderOf(target)];
  return over(yield* run(to, line, flags, session, ends, false), session);
}

/** A file or a folder with all that is in it, under another name. */
function pack(path: string, name: string, files: Files, changedAt: number): Bytes | Problem {
  let bytes = '';
  const add = (at: string, as: string): Problem | undefined => {
    const inside = files.list(at);
    if (inside) {
      bytes += archived({ name: as, mode: 0o755, changedAt, content: undefined });
      for (const one of inside) {
        const failed = add(`${at.replace(/\/+$/, '')}/${one}`, `${as}/${one}`);
        if (failed) return failed;
      }
      return undefined;
    }
    const content = readBytes(files, at);
    if ('error' in content) return problem(content.error);
    bytes += archived({ name: as, mode: 0o644, changedAt, content: bytesOf(content.bytes) });
    return undefined;
  };
  return add(path, utf8(name)) ?? bytes + archiveEnd;
}

// ---- from a container ----

function* fetch(from: Place, path: string, flags: CopyFlags, session: Session): Generator<Wait, Outcome> {
  const { save } = session.environment.files;
  if (!save) return problem('no files can be written here: use "kubectl exec POD -- cat FILE"');
  let archive = '';
  const ends: Ends = { ...terminalEnds(session.environment, undefined), stdout: (bytes) => void (archive += bytes) };
  const ended = yield* run(from, ['tar', 'cf', '-', from.path], flags, session, ends, false);
  if (isProblem(ended)) return ended;
  const failed = unpack(archive, shortened(from.path), path, save, session);
  return failed ?? over(ended, session);
}

/** '/a/../b/' → 'b': how the members of the archive begin. */
function shortened(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Nothing of it may come to lie outside of `path`, whatever the container says. */
function unpack(archive: Bytes, prefix: string, path: string, save: NonNullable<Files['save']>, session: Session): Problem | undefined {
  for (const { name, mode, content } of members(archive)) {
    const plain = name.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
    if (!plain.startsWith(prefix)) return problem('tar contents corrupted');
    const rest = plain.slice(prefix.length);
    const target = `${path}${rest === '' || rest.startsWith('/') ? '' : '/'}${rest}`;
    if (rest.split('/').includes('..')) {
      session.environment.stderr(`warning: file ${quote(target)} is outside target destination, skipping\n`);
      continue;
    }
    const failed = save(target, content, mode);
    if (failed !== undefined) return problem(failed);
  }
  return undefined;
}

// ---- both ----

/** A command in the container of the place: its exit code, or why it did not run. */
function* run(
  { namespace, pod: name }: Place,
  line: readonly string[],
  flags: CopyFlags,
  session: Session,
  ends: Ends,
  quiet: boolean,
): Generator<Wait, number | Problem> {
  const pod = session.get(kindOf('v1', 'Pod')!, namespace || session.namespace, name) as Pod | Problem;
  if (isProblem(pod)) return pod;
  const container = containerOf(pod, { container: flags.container, quiet }, session);
  if (isProblem(container)) return container;
  const place = { namespace: pod.metadata.namespace!, pod: name };
  const started = session.environment.containers!.exec(place, { container, command: line, stdin: ends.input !== undefined });
  if (isStatus(started)) return refused(started);
  if ('startError' in started) return notStarted(started);
  return yield* converse(started, ends, session.environment.now);
}

const over = (ended: number | Problem, { environment }: Session): Outcome => (isProblem(ended) ? ended : exited(ended, environment));

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1)!;
const folderOf = (path: string): string => path.replace(/\/[^/]*$/, '') || (path.startsWith('/') ? '/' : '.');
