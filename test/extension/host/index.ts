// Runs inside the extension host: VS Code loads this file and calls run().
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** The host's console is mixed with the workbench's log: the suite writes past it, to the file that the driver names. */
const out = process.env['DRYDOCK_HOST_OUT'];
const report = process.env['DRYDOCK_HOST_REPORT'];

export function run(): Promise<void> {
  if (out) Mocha.reporters.Base.consoleLog = (...line: unknown[]) => appendFileSync(out, `${format(...line)}\n`);
  // Busy machines are slow: a long limit, and no test asserts a time.
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec', ...(process.env['TEST_GREP'] && { grep: process.env['TEST_GREP'] }) });
  mocha.addFile(join(__dirname, 'suite.cjs'));
  return new Promise((done, fail) => {
    const runner = mocha.run((failures) => {
      if (report) appendFileSync(report, `${JSON.stringify(runner.stats)}\n`);
      if (failures > 0) fail(new Error(`${failures} failed`));
      else done();
    });
  });
}
