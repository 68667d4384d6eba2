// One VS Code window for one UI scenario.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { startServer } from '../../../client/dev/vscode-server.mjs';
import { startBrowser, watchNetwork } from './browser.mjs';
import { copySamples } from './samples.mjs';
import { workbench } from './workbench.mjs';

export const shots = path.resolve(import.meta.dirname, '../../../.cache/shots');

/** The still workbench of pictures: nothing moves, nothing blinks. */
const still = {
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'files.hotExit': 'off',
  'window.restoreWindows': 'none',
};

/** Opens a window, lets `act` do its work, and closes everything. A failure leaves a picture. options: those of startServer, and the window's size. */
export async function inWindow(name, { width = 1440, height = 900, settings = {}, ...options }, act) {
  fs.mkdirSync(shots, { recursive: true });
  const folder = copySamples();
  const server = await startServer({ ...options, settings: { ...still, ...settings } });
  const browser = await startBrowser();
  const context = await browser.newContext({ viewport: { width, height } });
  const outside = watchNetwork(context, server.address);
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  const forbidden = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text()) && /style-src 'self' https:\/\/\*\.vscode-cdn\.net|rollout|codicon/.test(message.text()))
      forbidden.push(message.text());
  });
  const bench = workbench(page);
  const shot = (title) => page.screenshot({ path: path.join(shots, `${title}.png`) });
  try {
    await page.goto(server.url({ folder }));
    await bench.explorerFile('sample-deployment.yaml').waitFor();
    await act({ page, bench, shot, folder });
    assert.deepEqual([...outside], [], 'requests left the machine');
    assert.deepEqual(forbidden, [], 'the page broke its own policy');
  } catch (error) {
    await shot(`failed-${name}`);
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
