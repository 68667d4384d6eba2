import { inWindow } from '../driver/window.mjs';

/** The cluster runs in process and executes nothing of the workspace: an untrusted one gets all of it. */
export const restricted = (options) =>
  inWindow('restricted', { ...options, restricted: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } }, async ({ page, bench, shot }) => {
    await page
      .getByRole('button', { name: /Restricted Mode/ })
      .first()
      .waitFor();
    await bench.openFile('sample-deployment.yaml');
    await bench.activity('Drydock').click();
    await bench.row(/^Node node-3/).waitFor();
    await bench.editor('sample-deployment.yaml').locator('.view-line').first().click();
    await bench.save();
    await bench.row('Deployment sample-deployment, 3 of 3 ready').waitFor();
    await shot('restricted');
  });
