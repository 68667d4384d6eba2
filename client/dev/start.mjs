// npm start: from a fresh clone to an editor on a copy of the sample workspace, with the extension in it.
// Only Node's own modules here: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run, stopRunning } from './run.mjs';
import { installRuntime } from './vscode-runtime.mjs';
import { startServer } from './vscode-server.mjs';

const top = path.resolve(import.meta.dirname, '../..');
const windows = process.platform === 'win32';
const started = Date.now();
const say = (what) => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${what}`);

let server;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));
// npm passes SIGTERM to its shell alone; the shell's death is our signal.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void stop(0), 500).unref();

try {
  // `code --version` works where desktop VS Code is on the PATH.
  await (spawnSync('code', ['--version'], { stdio: 'ignore', shell: windows }).status === 0 ? openDesktop() : openBrowser());
} catch (error) {
  if (!stopping) console.error(error.message);
  await stop(1);
}

async function openDesktop() {
  await install();
  say('building');
  await run('npm', ['run', '--silent', 'build'], top);
  const { folder, file } = copySamples();
  say('opening VS Code');
  spawn('code', ['--new-window', `--extensionDevelopmentPath=${top}`, folder, file], { stdio: 'inherit', shell: windows });
}

async function openBrowser() {
  if (windows) throw new Error('Install VS Code and put `code` on the PATH (Command Palette: "Shell Command: Install \'code\' command").');
  // The two downloads need not wait for each other.
  await Promise.all([installRuntime(say), install().then(pack)]);
  const { folder } = copySamples();
  say('starting VS Code');
  server = await startServer({ vsix: [path.join(top, 'drydock.vsix')], ...(process.env.PORT && { port: Number(process.env.PORT) }) });
  server.child.once('exit', () => void stop(1));
  say('ready, open this in a browser:');
  console.log(`\n        ${server.url({ folder })}\n\n        Open sample-deployment.yaml and save it. Ctrl+C here stops everything.`);
}

/** npm's own mark in node_modules is older than the lockfile, or there is none. */
async function install() {
  const mark = path.join(top, 'node_modules/.package-lock.json');
  if (fs.existsSync(mark) && fs.statSync(mark).mtimeMs >= fs.statSync(path.join(top, 'package-lock.json')).mtimeMs) return;
  say('installing packages');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], top);
}

/** The packed form, as a user gets it. */
async function pack() {
  say('building and packing the extension');
  await run('npm', ['run', '--silent', 'package'], top);
}

/** A copy, because one changes what one tries. */
function copySamples() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drydock-samples-'));
  fs.cpSync(path.join(top, 'client/samples'), folder, { recursive: true });
  return { folder, file: path.join(folder, 'sample-deployment.yaml') };
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  stopRunning();
  await server?.stop();
  process.exit(code);
}
