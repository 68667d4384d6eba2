// Makes the pictures of the README and of the walkthrough anew, from a real VS Code with the packed extension: node test/extension/pictures.mjs
import { join, resolve } from 'node:path';
import { inWindow } from './driver/window.mjs';

const top = resolve(import.meta.dirname, '../..');
const media = join(top, 'client/media');
const vsix = [join(top, 'drydock.vsix')];

await inWindow('pictures', { vsix, width: 1800, height: 1000 }, async ({ page, bench }) => {
  await bench.openFile('web.yaml');
  await bench.activity('Drydock').click();
  await bench.row(/^Node node-3/).waitFor();
  const editor = bench.editor('web.yaml');
  const view = bench.webview();
  const frame = page.locator('iframe.webview.ready');
  const picture = (name, locator) => locator.screenshot({ path: join(media, `walkthrough/${name}.png`) });

  await editor.locator('.view-line').first().click();
  await page.screenshot({ path: join(media, 'walkthrough/open.png'), clip: { x: 0, y: 0, width: 900, height: 620 } });
  await bench.save();
  await bench.row('Deployment web, 6 of 6 ready').waitFor();
  await bench.rowAction(bench.row('Saving a file applies it.'), 'Got It');
  await widen(page);
  await view.locator('.headline', { hasText: 'All 6 pods were ready' }).waitFor();
  await picture('save', frame);

  await bench.replace('web.yaml', 'nginx:1.25', 'nginx:1.26');
  await bench.save();
  await view.locator('.headline', { hasText: 'The rollout took' }).waitFor();
  await view.locator('.mark.down').nth(1).hover();
  await view.locator('.card').waitFor();
  await page.screenshot({ path: join(media, 'screenshot.png') });
  await picture('undo', frame);

  await bench.command('Drydock: Set Speed of Time…');
  await bench.quickPick().filter({ hasText: /^10×/ }).click();
  await bench.replace('web.yaml', 'drydock.dev/ready-apart: 500ms', 'drydock.dev/fault: image-pull');
  await bench.replace('web.yaml', 'nginx:1.26', 'nginx:1.26-nope');
  await bench.save();
  await view.locator('.headline', { hasText: 'cannot be pulled' }).waitFor();
  await picture('break', frame);
});

/** Gives the rollout page three fifths of the room, by the border between the editors. */
async function widen(page) {
  const border = page.locator('.editor-group-container').nth(1);
  const { x, y, height } = await border.boundingBox();
  await page.mouse.move(x, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 190, y + height / 2, { steps: 5 });
  await page.mouse.up();
}
