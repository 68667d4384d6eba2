import { inWindow } from '../driver/window.mjs';

/** An image that cannot be pulled: the row, the badge, the picture and the way out say so. */
export const stalled = (options) =>
  inWindow('stalled', { ...options, settings: { 'drydock.speed': '10' } }, async ({ bench, shot }) => {
    await bench.openFile('web.yaml');
    await bench.activity('Drydock').click();
    await bench.row(/^Node node-3/).waitFor();
    await bench.editor('web.yaml').locator('.view-line').first().click();
    await bench.save();
    await bench.row('Deployment web, 6 of 6 ready').waitFor();
    await bench.replace('web.yaml', 'drydock.dev/ready-apart: 500ms', 'drydock.dev/fault: image-pull');
    await bench.replace('web.yaml', 'nginx:1.25', 'nginx:1.25-nope');
    await bench.save();
    await bench.row(/Deployment web, 5 of 6 ready, ImagePullBackOff/).waitFor();
    await bench.activity('Drydock - 1 stalled rollout').waitFor();
    await bench
      .webview()
      .locator('.headline', { hasText: /The rollout is stalled at 0 of 6\. .* 5 old pods keep serving\./ })
      .waitFor();
    await shot('stalled');
    await bench.webview().getByRole('button', { name: 'Undo to revision 1' }).first().click();
    await bench.row('Deployment web, 6 of 6 ready, nginx:1.25').waitFor();
    await bench.webview().locator('.badge', { hasText: 'complete' }).waitFor();
  });
