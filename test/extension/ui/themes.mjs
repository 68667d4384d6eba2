import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { inWindow } from '../driver/window.mjs';
import { themeNames } from '../driver/workbench.mjs';

/** The rollout page in four themes: its background is the editor's, and axe finds nothing to say. */
export const themes = (options) =>
  inWindow('themes', { ...options, settings: { 'drydock.speed': '5' } }, async ({ page, bench, shot }) => {
    await bench.openFile('web.yaml');
    await bench.activity('Drydock').click();
    await bench.row(/^Node node-3/).waitFor();
    await bench.editor('web.yaml').locator('.view-line').first().click();
    await bench.save();
    await bench.row('Deployment web, 6 of 6 ready').waitFor();
    await bench.replace('web.yaml', 'nginx:1.25', 'nginx:1.26');
    await bench.save();
    const view = bench.webview();
    await view.locator('.headline', { hasText: 'The rollout took' }).waitFor();
    await view.locator('summary').click();
    const background = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
    for (const theme of themeNames.toReversed()) {
      await bench.colorTheme(theme);
      assert.equal(await background(view.locator('body')), await background(bench.editor('web.yaml').locator('.monaco-editor-background').first()), theme);
      await view.locator('h1').scrollIntoViewIfNeeded();
      await shot(`theme-${theme.replaceAll(' ', '-').toLowerCase()}`);
      const found = await new AxeBuilder({ page }).include(['iframe.webview.ready', 'iframe#active-frame', 'body']).analyze();
      assert.ok(found.passes.length > 10, 'axe looked at something');
      assert.deepEqual(
        found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`),
        [],
        theme,
      );
    }
  });
