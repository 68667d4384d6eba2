import assert from 'node:assert/strict';
import { inWindow } from '../driver/window.mjs';

/** Commands, tree, status bar and rollout page speak Japanese where VS Code does. */
export const japanese = (options) =>
  inWindow('japanese', { ...options, locale: 'ja' }, async ({ bench, shot, page }) => {
    await bench.openFile('web.yaml');
    await bench.activity('Drydock').click();
    await page.getByText('マニフェストを保存すると起動します。').first().waitFor();
    await bench.editor('web.yaml').locator('.view-line').first().click();
    await bench.save();
    await bench.row('Deployment web, 6 個中 6 個が準備完了').waitFor();
    await bench.statusBar('Pod 6 個が準備完了').waitFor();
    const view = bench.webview();
    await view.locator('.headline', { hasText: '6 個の Pod すべてが' }).waitFor();
    assert.equal(await view.locator('html').getAttribute('lang'), 'ja');
    assert.ok((await bench.commandTitles('Drydock: ')).some((title) => title.includes('スケール…')));
    await bench.replace('web.yaml', 'nginx:1.25', 'nginx:1.26');
    await bench.save();
    await view.locator('.headline', { hasText: 'ロールアウトに' }).waitFor();
    await shot('japanese');
  });
