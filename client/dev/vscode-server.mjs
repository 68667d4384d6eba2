// A VS Code server (code-server) on loopback with a throw-away profile.
// Invariant: nothing outlives stop(), and nothing is read from or written to the developer's own home.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { runtime } from './vscode-runtime.mjs';

const quiet = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'vscode-settings.json'), 'utf8'));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * settings: over vscode-settings.json. vsix: packed extensions, installed first. env: what the extension host inherits.
 * restricted: the workspace is not trusted. locale: the display language; extensions bring their own words for it.
 * driver: VS Code's smoke test driver, which development folders and host tests need; it hides notifications.
 */
export async function startServer({ settings = {}, vsix = [], env = {}, restricted = false, locale, driver = false, port } = {}) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'vsc-')); // short: unix sockets live under it
  const profile = makeProfile(root, { ...quiet, 'security.workspace.trust.enabled': restricted, ...settings }, locale);
  const childEnv = environment(root, env);
  const address = `127.0.0.1:${port ?? (await freePort())}`;
  const removeRoot = () => fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  if (vsix.length > 0) {
    const install = vsix.flatMap((file) => ['--install-extension', path.resolve(file)]);
    await promisify(execFile)(runtime.node, [runtime.entry, ...profile, '--force', ...install], { env: childEnv });
  }
  const log = path.join(root, 'server.log');
  const out = fs.openSync(log, 'a');
  const flags = [
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--disable-proxy',
    '--ignore-last-opened',
  ];
  if (!restricted) flags.push('--disable-workspace-trust');
  if (locale) flags.push('--locale', locale);
  if (driver) flags.push('--vscode-option', 'enable-smoke-test-driver');
  // Its own process group: stop() takes the whole tree.
  const child = spawn(runtime.node, [runtime.entry, ...profile, '--bind-addr', address, ...flags], {
    env: childEnv,
    stdio: ['ignore', out, out],
    detached: true,
  });
  fs.closeSync(out);
  const atExit = () => {
    kill(child.pid, 'SIGKILL');
    removeRoot();
  };
  process.once('exit', atExit); // whoever throws leaves no server behind

  const server = {
    address,
    child,
    log: () => fs.readFileSync(log, 'utf8'),
    url: (window) => windowUrl(address, window),
    async stop() {
      const exited = new Promise((done) => (child.exitCode !== null || child.signalCode ? done() : child.once('exit', done)));
      kill(child.pid, 'SIGTERM');
      await Promise.race([exited, sleep(5000)]);
      kill(child.pid, 'SIGKILL');
      process.off('exit', atExit);
      removeRoot();
    },
  };
  await untilHealthy(server);
  return server;
}

/** The address of a window on `folder`. develop: folders of extensions to load; tests: the module whose run() the host calls; both need the driver. */
function windowUrl(address, { folder, develop = [], tests }) {
  const remote = (file) => `vscode-remote://${address}${path.resolve(file)}`;
  const payload = develop.map((extension) => ['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = [`folder=${encodeURI(path.resolve(folder))}`];
  if (payload.length > 0) query.push(`payload=${encodeURIComponent(JSON.stringify([...payload, ['skipWelcome', 'true']]))}`);
  return `http://${address}/?${query.join('&')}`;
}

function makeProfile(root, settings, locale) {
  const data = path.join(root, 'data');
  const extensions = path.join(root, 'ext');
  for (const folder of [path.join(data, 'User'), extensions]) fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify(settings));
  fs.writeFileSync(path.join(root, 'config.yaml'), 'auth: none\ncert: false\n'); // without it the developer's own is written
  if (locale) fs.writeFileSync(path.join(data, 'languagepacks.json'), languagePack(root, locale)); // --locale alone does nothing
  return ['--config', path.join(root, 'config.yaml'), '--user-data-dir', data, '--extensions-dir', extensions];
}

/** VS Code's own words stay English: the pack holds none. */
function languagePack(root, locale) {
  const words = path.join(root, `${locale}.i18n.json`);
  fs.writeFileSync(words, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 'drydock.language-pack' }, version: '0.0.0' }];
  return JSON.stringify({ [locale]: { hash: locale, label: locale, extensions, translations: { vscode: words } } });
}

function environment(root, extra) {
  const env = {
    ...process.env,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...extra,
    HOME: root,
    TMPDIR: root,
    XDG_RUNTIME_DIR: root,
    XDG_DATA_HOME: path.join(root, 'xdg'),
    XDG_CONFIG_HOME: path.join(root, 'xdgc'),
  };
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_|CODE_SERVER_)/.test(name)) delete env[name]; // started from VS Code's own terminal
  return env;
}

async function untilHealthy(server) {
  for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
    if (
      await fetch(`http://${server.address}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    if (server.child.exitCode === null && Date.now() < deadline) continue;
    const why = server.log();
    await server.stop();
    throw new Error(`VS Code did not start\n${why}`);
  }
}

function kill(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // already gone
  }
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = net.createServer().on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
