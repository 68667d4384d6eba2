import { inWindow } from '../driver/window.mjs';

/** What is not a Deployment: rows that count, a terminal whose kubectl sees the same. */
export const otherKinds = (options) =>
  inWindow('otherKinds', { ...options, settings: { 'drydock.speed': '5' } }, async ({ bench, page, shot }) => {
    await bench.openFile('workloads.yaml');
    await bench.activity('Drydock').click();
    await bench.row(/^Node node-3/).waitFor();
    await bench.editor('workloads.yaml').locator('.view-line').first().click();
    await bench.save();
    await bench.row('StatefulSet db, 3 of 3 ready, postgres:16').waitFor();
    await bench.row('DaemonSet agent, 3 of 3 ready, fluent-bit:3.2').waitFor();
    await bench.row('Job import, 5 of 5 completed, completed, busybox:1.37').waitFor();
    await bench.row(/^CronJob report, \* \* \* \* \*/).waitFor();
    await bench.row('StatefulSet db, 3 of 3 ready, postgres:16').click();
    await page.keyboard.press('ArrowRight');
    await bench.row(/^Pod db-2/).waitFor();
    await bench.command('Drydock: Open Terminal');
    await page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor({ state: 'attached' });
    await page.keyboard.type('kubectl get statefulset,daemonset,job,cronjob\n');
    await page.waitForTimeout(3_000);
    await shot('other-kinds');
  });
