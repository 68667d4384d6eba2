// npm run test:extension: the extension in a real VS Code, as a development folder and packed, by its API and as people see it.
// Names of scenarios after it run only those. The last line is `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { installRuntime } from '../../client/dev/vscode-runtime.mjs';
import { installBrowser } from './driver/browser.mjs';
import { runHostTests } from './driver/host-run.mjs';
import { scenarios } from './ui/scenarios.mjs';

const here = import.meta.dirname;
const top = resolve(here, '../..');
const vsix = join(top, 'drydock.vsix');
const hostTests = join(top, '.cache/test-extension');
const vsixLimit = 3 * 1024 * 1024;
const say = (what) => console.log(`   ${what}`);
const totals = { passed: 0, failed: 0, skipped: 0 };
const add = (counts) => Object.keys(totals).forEach((name) => (totals[name] += counts[name]));

const asked = process.argv.slice(2);
// Exit handlers stop servers; a signal alone would not call them.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

await installRuntime(say);
installBrowser(say);
if (!process.env.KEEP_VSIX) pack();
if (asked.length === 0 || asked.includes('host')) {
  await bundleHostTests();
  for (const [form, options] of Object.entries({ development: { develop: top }, packed: { develop: join(here, 'stub'), vsix: [vsix] } })) {
    console.log(`== host tests, ${form} form`);
    add(await runHostTests({ ...options, tests: join(hostTests, 'index.cjs') }));
  }
}
for (const [name, scenario] of Object.entries(scenarios)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const started = Date.now();
  const error = await scenario({ vsix: [vsix] }).then(
    () => undefined,
    (reason) => reason,
  );
  console.log(`${error ? 'not ok' : 'ok'}  ${name}  ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (error) console.error(error);
  add({ passed: error ? 0 : 1, failed: error ? 1 : 0, skipped: 0 });
}

if (process.env.DRYDOCK_TEST_REPORT) writeFileSync(process.env.DRYDOCK_TEST_REPORT, JSON.stringify(totals));
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** The packed form may not be larger than its budget. */
function pack() {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'package'], { cwd: top, encoding: 'utf8' });
  if (status !== 0) throw new Error(`packing failed\n${stdout}${stderr}`);
  const bytes = statSync(vsix).size;
  const small = bytes <= vsixLimit;
  console.log(`${small ? 'ok' : 'not ok'}  drydock.vsix is ${(bytes / 1024 / 1024).toFixed(2)} MB, at most 3`);
  add({ passed: small ? 1 : 0, failed: small ? 0 : 1, skipped: 0 });
}

function bundleHostTests() {
  return build({
    entryPoints: { index: join(here, 'host/index.ts'), suite: join(here, 'host/suite.ts') },
    outdir: hostTests,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}
