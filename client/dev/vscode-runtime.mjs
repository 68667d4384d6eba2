// A VS Code that needs no desktop: code-server on its own Node, both from npm, kept in .cache/vscode.
// Only Node's own modules here: `npm start` runs it before anything is installed.
import fs from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

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
    if (!fs.existsSync(ready)) await install(ready, say);
  } finally {
    unlock();
  }
}

async function install(ready, say) {
  for (const entry of ['node_modules', 'package.json']) fs.rmSync(path.join(home, entry), { recursive: true, force: true });
  fs.writeFileSync(path.join(home, 'package.json'), '{ "name": "vscode-runtime", "private": true }');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  say('fetching code-server');
  await run(
    'npm',
    ['install', ...quiet, '--no-save', '--no-package-lock', `${path.basename(nodePackage)}@${versions.node}`, `code-server@${versions.codeServer}`],
    home,
  );
  say('fetching what code-server needs');
  const vscode = path.join(codeServer, 'lib/vscode');
  await run('npm', ['install', ...quiet, '--omit=dev'], vscode); // not `npm ci`: its shrinkwrap is out of step
  say('compiling its log module');
  await rebuildNative(vscode, say);
  prune(vscode);
  await run(runtime.node, [runtime.entry, '--config', '/dev/null', '--version'], home);
  fs.writeFileSync(ready, '');
}

/** Without spdlog every output channel stays empty; all else works, so a machine without a compiler gets a remark only. */
async function rebuildNative(vscode, say) {
  // The headers come with the Node package: nothing is downloaded.
  const env = { PATH: `${path.dirname(runtime.node)}${path.delimiter}${process.env.PATH}`, npm_config_nodedir: nodePackage };
  await run('npm', ['rebuild', '--loglevel=error', '@vscode/spdlog', '@vscode/native-watchdog'], vscode, env).catch(() =>
    say('(no C++ compiler: output channels will stay empty)'),
  );
}

/** About half of the bytes are never used here. */
function prune(vscode) {
  const unused = [
    'node_modules/@github',
    'node_modules/@microsoft/mxc-sdk',
    'node_modules/@devcontainers',
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
    'extensions/microsoft-authentication',
  ];
  for (const folder of unused) fs.rmSync(path.join(vscode, folder), { recursive: true, force: true });
  for (const folder of ['include', 'share']) fs.rmSync(path.join(nodePackage, folder), { recursive: true, force: true });
}

/** Two set-ups at once: the second waits for the first. The lock of a process that died is taken over. */
async function lock(file, say) {
  for (let told = false; ;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isAlive(Number(fs.readFileSync(file, { encoding: 'utf8', flag: 'a+' })))) fs.rmSync(file, { force: true });
    else if (!told) say('waiting for another set-up of VS Code to finish');
    told = true;
    await new Promise((done) => setTimeout(done, 500));
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
