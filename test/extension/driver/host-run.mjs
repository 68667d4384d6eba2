// Runs the host tests in the extension host of a real VS Code window and passes their output on.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startServer } from '../../../client/dev/vscode-server.mjs';
import { copySamples } from './samples.mjs';
import { startBrowser, watchNetwork } from './browser.mjs';

const limitMs = 600_000;

/** develop: the folder of the extension, or of a stub beside the packed one. Returns mocha's stats; a host that died before it had any has failed once. */
export async function runHostTests({ develop, vsix = [], tests }) {
  const folder = copySamples();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'host-'));
  const out = path.join(scratch, 'out');
  const report = path.join(scratch, 'report');
  fs.writeFileSync(out, '');
  const printing = follow(out);
  const server = await startServer({
    vsix,
    driver: true,
    env: { DRYDOCK_HOST_OUT: out, DRYDOCK_HOST_REPORT: report },
    settings: { 'drydock.speed': '10', 'drydock.showFirstRollout': false },
  });
  const browser = await startBrowser();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const outside = watchNetwork(context, server.address);
  try {
    await untilDone(await context.newPage(), server, server.url({ folder, develop: [develop], tests }));
  } catch (error) {
    console.error(`${error.message}\n${server.log().slice(-2000)}`);
  }
  await browser.close();
  await server.stop();
  printing.stop();
  const stats = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : { passes: 0, failures: 1, pending: 0 };
  for (const request of outside) console.error(`a request left the machine: ${request}`);
  for (const used of [folder, scratch]) fs.rmSync(used, { recursive: true, force: true });
  return { passed: stats.passes, failed: stats.failures + (outside.size > 0 ? 1 : 0), skipped: stats.pending };
}

/** The smoke test driver calls back with the result of the suite. */
async function untilDone(page, server, url) {
  let finish;
  let fail;
  const done = new Promise((...both) => ([finish, fail] = both));
  const timer = setTimeout(() => fail(new Error('the host tests took too long')), limitMs);
  page.on('crash', () => fail(new Error('the page crashed')));
  server.child.once('exit', () => fail(new Error('VS Code ended early')));
  await page.exposeFunction('codeAutomationExit', finish);
  await page.exposeFunction('codeAutomationLog', (type, [first, ...rest]) => {
    if (process.env.VERBOSE || (type === 'error' && /drydock/i.test(String(first)))) console.error(first, ...rest);
  });
  await page.goto(url);
  await done.finally(() => {
    clearTimeout(timer);
    server.child.removeAllListeners('exit');
  });
}

/** Prints a file as it grows. */
function follow(file) {
  let printed = 0;
  const print = () => {
    const text = fs.readFileSync(file);
    process.stdout.write(text.subarray(printed));
    printed = text.length;
  };
  const timer = setInterval(print, 200);
  return {
    stop() {
      clearInterval(timer);
      print();
    },
  };
}
