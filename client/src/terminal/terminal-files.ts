// What a terminal needs on disk: a kubeconfig that only its owner may read, and a kubectl where there is none.
import { accessSync, chmodSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** One file for each window, because each has a cluster of its own; it goes with the window. */
export function writeAccess(folder: string, kubeconfig: string): { readonly file: string; remove(): void } {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `kubeconfig-${process.pid}`);
  // A file that was there would keep its mode.
  rmSync(file, { force: true });
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return { file, remove: () => rmSync(file, { force: true }) };
}

/** Whether a program of this name is on the PATH. */
export function hasProgram(name: string, environment: Environment, platform: NodeJS.Platform = process.platform): boolean {
  const endings = platform === 'win32' ? (environment['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';') : [''];
  return pathOf(environment).some((folder) => endings.some((ending) => isProgram(join(folder, name + ending))));
}

/** Puts a `kubectl` into a folder of its own, which runs `script` with the editor's own Node. The answer is that folder. */
export function writeKubectl(folder: string, script: string, platform: NodeJS.Platform = process.platform, node = process.execPath): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  if (platform === 'win32') writeFileSync(join(bin, 'kubectl.cmd'), `@echo off\r\nsetlocal\r\nset ELECTRON_RUN_AS_NODE=1\r\n"${node}" "${script}" %*\r\n`);
  else {
    const file = join(bin, 'kubectl');
    writeFileSync(file, `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted(node)} ${quoted(script)} "$@"\n`);
    chmodSync(file, 0o755);
  }
  return bin;
}

/** The PATH with a folder in front, under the name that it has here: Windows calls it Path. */
export function withFolder(folder: string, environment: Environment): Readonly<Record<string, string>> {
  return { [pathName(environment)]: [folder, ...pathOf(environment)].join(delimiter) };
}

const pathName = (environment: Environment): string => Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';

const pathOf = (environment: Environment): readonly string[] => (environment[pathName(environment)] ?? '').split(delimiter).filter((folder) => folder !== '');

/** For a POSIX shell: it's → 'it'\''s' */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
