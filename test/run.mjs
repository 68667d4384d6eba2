// npm test: installs what is missing, then checks types, lint, dead code and format, builds, and runs every test.
// Only Node's own modules here: it must start on a machine that has nothing else. The last line is `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const top = resolve(import.meta.dirname, '..');
const results = join(top, '.cache/test-results');
const totals = { passed: 0, failed: 0, skipped: 0 };

function run(title, command, args, env = {}) {
  const started = Date.now();
  console.log(`== ${title}`);
  const { status } = spawnSync(command, args, { cwd: top, stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
  console.log(`   ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}

/** A check that is one test: it passes or it fails. */
function check(title, command, args) {
  totals[run(title, command, args) ? 'passed' : 'failed']++;
}

/** The lockfile that npm wrote into node_modules is older than ours, or there is none. */
function needsInstall() {
  const installed = join(top, 'node_modules/.package-lock.json');
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(top, 'package-lock.json')).mtimeMs;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
if (needsInstall() && !run('install', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) process.exit(1);
if (!run('build', 'npm', ['run', '--silent', 'build'])) process.exit(1);
check('types', 'npx', ['tsc', '-b']);
check('lint', 'npm', ['run', '--silent', 'lint']);
check('dead code', 'npm', ['run', '--silent', 'deadcode']);
check('format', 'npm', ['run', '--silent', 'format:check']);

const unit = join(results, 'unit.json');
run('unit, simulation and conformance tests', 'npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`]);
addReport(unit, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0),
  skipped: report.numPendingTests + report.numTodoTests,
}));

const extension = join(results, 'extension.json');
run('extension tests in a real VS Code', 'npm', ['run', '--silent', 'test:extension'], { DRYDOCK_TEST_REPORT: extension });
addReport(extension, (report) => report);

console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** A run that died before it wrote its report is a failure, not silence. */
function addReport(file, read) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
  for (const name of Object.keys(totals)) totals[name] += counts[name];
}
