// The programs that a container has, by name. A new one is a line in one of these tables.
import type { Image } from '../images.ts';
import type { FileSystem } from '../files/file-system.ts';
import { fileCommands } from './files.ts';
import { matchingCommands } from './matching.ts';
import { networkCommands } from './network.ts';
import type { CommandProgram } from './program.ts';
import { shellCommands } from './shells.ts';
import { systemCommands } from './system.ts';
import { tar } from './tar.ts';
import { textCommands } from './text.ts';

const programs: Readonly<Record<string, CommandProgram>> = {
  ...fileCommands,
  ...matchingCommands,
  ...networkCommands,
  ...shellCommands,
  ...systemCommands,
  ...textCommands,
  tar,
};

const debianHasNot = new Set(['wget', 'nslookup', 'nc', 'ping', 'vi', 'ash', 'busybox', 'telnet']);
const busyboxHasNot = new Set(['curl', 'bash', 'apt', 'apt-get']);

/** What of them an image holds. */
export function programNames({ shell, programs: family, name }: Image): ReadonlySet<string> {
  if (shell === 'none') return new Set();
  const absent = family === 'busybox' ? busyboxHasNot : debianHasNot;
  const hasCurl = name === 'curl';
  return new Set(Object.keys(programs).filter((one) => (!absent.has(one) || (hasCurl && one === 'curl')) && (one !== 'bash' || shell === 'bash')));
}

/** The program behind a name or a path; else whether there is a file all the same, which then cannot be run. */
export function programOf(files: FileSystem, name: string, cwd: string): CommandProgram | { readonly isThere: boolean } {
  if (files.find(name) !== undefined) return programs[name.slice(name.lastIndexOf('/') + 1)]!;
  const path = files.resolve(cwd, name);
  const entry = name.includes('/') ? files.get(path) : undefined;
  // A script that was written or mounted and may be executed.
  if (entry?.bytes?.startsWith('#!') && (entry.mode & 0o111) !== 0 && files.find('sh') !== undefined) {
    return (call) => programs['sh']!({ ...call, name: 'sh', args: [path, ...call.args] });
  }
  return { isThere: entry !== undefined };
}
