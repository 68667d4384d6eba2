import assert from 'node:assert/strict';
import { inWindow } from '../driver/window.mjs';

/** From an empty window to a scaled Deployment and a look at one moment, without the mouse. */
export const keyboard = (options) =>
  inWindow('keyboard', options, async ({ page, bench, shot }) => {
    const { keyboard } = page;
    await keyboard.press('Control+P');
    await keyboard.type('web.yaml');
    await bench.quickPick().filter({ hasText: 'web.yaml' }).first().waitFor();
    await keyboard.press('Enter');
    await bench.editor('web.yaml').locator('.view-line').first().waitFor();
    await bench.statusBar('0 pods ready').waitFor();
    await bench.save();
    await bench.statusBar('6 pods ready').waitFor();

    await bench.command('Drydock: Scale…');
    await page.locator('.quick-input-widget input').waitFor();
    await keyboard.press('Control+A');
    await keyboard.type('many');
    await page.locator('.quick-input-message', { hasText: 'A whole number from 0 up, please.' }).waitFor();
    await keyboard.press('Control+A');
    await keyboard.type('4');
    await keyboard.press('Enter');
    await bench.statusBar(/^4 pods ready|4 pods ready/).waitFor();

    await bench.command('Drydock: Focus on Cluster View');
    await bench.row(/^Deployment web/).waitFor();
    await pressUntil(page, 'Home', /^Saving a file applies it/);
    await pressUntil(page, 'ArrowDown', /^Deployment web, 4 of 4 ready/);
    await pressUntil(page, 'ArrowDown', /^ReplicaSet web-/);

    await bench.command('Drydock: Restart Rollout');
    await bench.command('Drydock: Show Rollout');
    const view = bench.webview();
    await view.locator('.headline', { hasText: 'The rollout took' }).waitFor();
    await keyboard.press('Tab');
    for (let tabs = 0; tabs < 40 && !(await view.locator('.scrubber:focus').count()); tabs++) await keyboard.press('Tab');
    assert.equal(await view.locator('.scrubber:focus').count(), 1, 'the slider can be reached by Tab');
    await keyboard.press('Home');
    await view.locator('.scrubber[aria-valuenow="0"]').waitFor();
    await keyboard.press('ArrowRight');
    await view.locator('.scrubber:not([aria-valuenow="0"])').waitFor();
    assert.match((await view.locator('.scrubber').getAttribute('aria-valuetext')) ?? '', /^\d.* s: \d+ pods, \d+ ready/);
    await shot('keyboard');
  });

/** The focus arrives a little after the view. */
async function pressUntil(page, key, expected) {
  for (let tries = 1; ; tries++) {
    await page.keyboard.press(key);
    const row = await activeRow(page);
    if (expected.test(row)) return;
    if (tries === 20) assert.match(row, expected, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300)));
    await page.waitForTimeout(250);
  }
}

/** A tree keeps the focus itself and names its active row. */
const activeRow = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const row = document.getElementById(element?.getAttribute('aria-activedescendant') ?? '');
    return (row ?? element)?.getAttribute('aria-label')?.trim() ?? '';
  });
