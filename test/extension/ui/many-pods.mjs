import assert from 'node:assert/strict';
import { inWindow } from '../driver/window.mjs';

/** A thousand pods: the tree counts what it does not show, the picture is a pattern, and both stay usable. */
export const manyPods = (options) =>
  inWindow('many-pods', { ...options, settings: { 'drydock.nodes': 20, 'drydock.speed': '5' } }, async ({ bench, shot }) => {
    await bench.openFile('sample-deployment.yaml');
    await bench.activity('Drydock').click();
    await bench.row(/^Node node-9/).waitFor();
    await bench.replace('sample-deployment.yaml', 'replicas: 3', 'replicas: 1000');
    await bench.save();
    await bench.row('Deployment sample-deployment, 1,000 of 1,000 ready').waitFor();
    await bench.replace('sample-deployment.yaml', 'nginx:1.16', 'nginx:1.17');
    await bench.save();
    const view = bench.webview();
    await view.locator('.headline', { hasText: /The rollout took .* Never fewer than 750 ready, never more than 1,250 pods\./ }).waitFor();
    assert.equal(await view.locator('.lane').count(), 200);
    await view.getByText(/^200 of [\d,]+ pods are drawn$/).waitFor();
    await shot('many-pods');
  });
