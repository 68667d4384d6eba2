import assert from 'node:assert/strict';
import { inWindow } from '../driver/window.mjs';

/** Save, watch the tree fill, make a mistake, mend it, roll out, look at the picture, undo from the tree. */
export const firstMinute = (options) =>
  inWindow('first-minute', options, async ({ page, bench, shot }) => {
    await bench.openFile('web.yaml');
    await bench.activity('Drydock').click();
    await bench.row(/^Node node-3/).waitFor();
    await page.getByText('Save a manifest to launch it.').first().waitFor();
    await shot('1-before');

    await bench.editor('web.yaml').locator('.view-line').first().click();
    await bench.save();
    await bench.row('Deployment web, 6 of 6 ready').waitFor();
    await bench.row(/^ReplicaSet web-\w+, revision 1, 6 of 6 ready, current/).waitFor();
    assert.equal(await bench.row(/^Pod web-/).count(), 6);
    await bench.lenses().filter({ hasText: '6 of 6 ready · revision 1' }).waitFor();
    await bench.statusBar('6 pods ready').waitFor();
    await bench.webview().locator('.headline', { hasText: 'All 6 pods were ready after' }).waitFor();
    assert.deepEqual(await bench.notifications(), []);
    await shot('2-launched');
    await bench.rowAction(bench.row('Saving a file applies it.'), 'Got It');
    await bench.row('Saving a file applies it.').waitFor({ state: 'detached' });

    await bench.replace('web.yaml', 'replicas: 6', 'replicas: six');
    await bench.squiggles().first().waitFor();
    await bench.hoverOver('six', 'cannot unmarshal string');
    await shot('3-diagnostic');
    await page.keyboard.press('Escape');
    await bench.command('Problems: Focus on Problems View');
    await bench.problems().filter({ hasText: 'cannot unmarshal string' }).waitFor();
    await bench.command('View: Toggle Panel Visibility');
    await bench.editor('web.yaml').locator('.view-line').first().click();
    await bench.save();
    await bench.statusBar('1 document not applied').waitFor();
    await bench.replace('web.yaml', 'replicas: six', 'replicas: 6');

    await bench.replace('web.yaml', 'nginx:1.25', 'nginx:1.26');
    await bench.save();
    await bench.webview().locator('.headline', { hasText: 'Rolling out revision 2' }).waitFor();
    await shot('4-rolling');
    await bench
      .webview()
      .locator('.headline', { hasText: /The rollout took .* Never fewer than 5 ready, never more than 8 pods\./ })
      .waitFor();
    await checkPicture(bench);
    await bench.webview().locator('.mark.down').nth(1).hover();
    await bench.webview().locator('.card', { hasText: 'Scaled revision 1 down' }).waitFor();
    await shot('5-rolled-out');

    await bench.rowAction(bench.revision(/^revision 1, nginx:1\.25/), 'Undo to This Revision');
    await bench.row(/^ReplicaSet web-\w+, revision 3, 6 of 6 ready, current/).waitFor();
    await bench.row(/^Previous revisions, 1/).waitFor();
    await bench.webview().locator('.revision.current', { hasText: 'nginx:1.25' }).waitFor();
    await shot('6-undone');
  });

/** Twelve lanes, a step line that leaves the bounds nowhere, decisions in both directions, the difference with the image first. */
async function checkPicture(bench) {
  const view = bench.webview();
  assert.equal(await view.locator('.lane').count(), 12);
  assert.equal(await view.locator('.bar.ready-old').count(), 6);
  assert.ok((await view.locator('.bar.ready-new').count()) === 6);
  assert.ok((await view.locator('.mark.up').count()) > 0 && (await view.locator('.mark.down').count()) > 0);
  assert.equal(await view.locator('.difference dt').first().innerText(), 'containers[nginx].image');
  assert.deepEqual(await view.locator('.revision .name strong').allInnerTexts(), ['revision 2', 'revision 1']);
}
