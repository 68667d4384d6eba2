// A VS Code that needs no desktop: code-server on its own Node, both from npm, kept in .cache/vscode.
// Only Node's own modules here: `npm start` runs it before anything is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Versions that are known to work together; the marker file carries them, so a new pair is a new set-up. */
const versions = { codeServer: '4.139.1', node: '24.21.0' };
const top = path.resolve(import.meta.dirname, '../..');
const home = path.join(top, '.cache/vscode');
const nodePackage = path.join(home, `node_modules/node-${process.platform}-${process.arch}`);
const codeServer = path.join(home, 'node_modules/code-server');

export const runtime = { node: path.join(nodePackage, 'bin/node'), entry: path.join(codeServer, 'out/node/entry.js') };

/** Installs what is missing: about a minute and 380 MB the first time, nothing from then on. `say` gets a line for each step. */
export async function installRuntime(say) {
  const ready = path.join(home, `.ready-${versions.codeServer}-${versions.node}`);
  if (fs.existsSync(ready)) return;
  fs.mkdirSync(home, { recursive: true });
  const unlock = await lock(path.join(home, '.lock'), say);
  try {
    if (!fs.existsSync(ready)) install(ready, say);
  } finally {
    unlock();
  }
}

function install(ready, say) {
  say('Fetching VS Code for the browser (code-server, once, about a minute)');
  for (const entry of ['node_modules', 'package.json']) fs.rmSync(path.join(home, entry), { recursive: true, force: true });
  fs.writeFileSync(path.join(home, 'package.json'), '{ "name": "vscode-runtime", "private": true }');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  npm(home, ['install', ...quiet, '--no-save', '--no-package-lock', `${path.basename(nodePackage)}@${versions.node}`, `code-server@${versions.codeServer}`]);
  say('Fetching its modules');
  const vscode = path.join(codeServer, 'lib/vscode');
  npm(vscode, ['install', ...quiet, '--omit=dev']); // not `npm ci`: its shrinkwrap is out of step
  say('Building its log module');
  rebuildNative(vscode, say);
  prune(vscode);
  run(runtime.node, [runtime.entry, '--config', '/dev/null', '--version'], { cwd: home });
  fs.writeFileSync(ready, '');
}

/** Without spdlog every output channel stays empty; all else works, so a machine without a compiler gets a warning only. */
function rebuildNative(vscode, say) {
  const env = { ...process.env, PATH: `${path.dirname(runtime.node)}${path.delimiter}${process.env.PATH}`, npm_config_nodedir: nodePackage };
  const { status } = spawnSync('npm', ['rebuild', '--loglevel=error', '@vscode/spdlog', '@vscode/native-watchdog'], { cwd: vscode, env, stdio: 'ignore' });
  if (status !== 0) say('(no C++ compiler: output channels will stay empty)');
}

/** About half of the bytes are never used here. */
function prune(vscode) {
  const unused = ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'node_modules/@devcontainers', 'extensions/copilot', 'extensions/mermaid-markdown-features', 'extensions/microsoft-authentication'];
  for (const folder of unused) fs.rmSync(path.join(vscode, folder), { recursive: true, force: true });
  for (const folder of ['include', 'share']) fs.rmSync(path.join(nodePackage, folder), { recursive: true, force: true });
}

const npm = (cwd, args) => run('npm', args, { cwd });

function run(command, args, options) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`);
}

/** Two runs at once: the second waits for the first. The lock of a process that died is taken over. */
async function lock(file, say) {
  for (let waited = false; ; waited = true) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isAlive(Number(readIfThere(file)))) fs.rmSync(file, { force: true });
    else if (!waited) say('Waiting for another set-up of VS Code to finish');
    await new Promise((done) => setTimeout(done, 500));
  }
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
