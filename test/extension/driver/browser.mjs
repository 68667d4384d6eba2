// Chromium through playwright-core: the distribution's own, because Playwright's cannot be downloaded everywhere.
import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const executable = process.env.CHROMIUM ?? 'chromium';

/** Installs chromium by apt where there is none, with a font that has Japanese in it. */
export function installBrowser(say) {
  if (spawnSync(executable, ['--version'], { stdio: 'ignore' }).status === 0) return;
  say('fetching chromium');
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core', 'fonts-ipafont-gothic'],
  ]) {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    const { status, stderr } = spawnSync(command, rest, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (status !== 0) throw new Error(`chromium is needed and could not be installed by apt: set CHROMIUM to a browser\n${stderr}`);
  }
}

export async function startBrowser() {
  return chromium.launch({
    executablePath: executable.includes('/') ? executable : `/usr/bin/${executable}`,
    // Nothing leaves the machine: a stray request fails at once.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Fills with the addresses off the machine that a page asked for. Webview resources have an origin of their own, answered by a service worker. */
export function watchNetwork(context, address) {
  const outside = new Set();
  context.on('request', (request) => {
    const { host } = new URL(request.url());
    if (host && host !== address && !host.endsWith('.vscode-resource.vscode-cdn.net')) outside.add(request.url());
  });
  return outside;
}
