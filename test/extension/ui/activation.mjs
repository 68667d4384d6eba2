import { inWindow } from '../driver/window.mjs';

/** Reports what VS Code measured; the budget is held by test/bench, because a busy machine says anything here. */
export const activation = (options) =>
  inWindow('activation', options, async ({ page, bench }) => {
    await bench.openFile('sample-deployment.yaml');
    await bench.statusBar('0 pods ready').waitFor();
    await bench.command('Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Drydock' });
    await row.getByText(/Activation: \d+ms/).waitFor();
    console.log(`   ${/Activation: \d+ms/.exec(await row.innerText())[0]}`);
  });
