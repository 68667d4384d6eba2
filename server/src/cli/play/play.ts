// drydock play: scenarios against their goldens, in virtual time.
import { existsSync } from 'node:fs';
import { UsageError, type CliCommand } from '../cli-command.ts';
import { readOptions } from '../options.ts';
import { readText } from '../read-text.ts';
import { difference } from './difference.ts';
import { judge, type Judged } from './judge.ts';

export const play: CliCommand = {
  summary: 'play scenarios with the built-in kubectl and compare them with what a real cluster said',
  help: `drydock play FILE.scenario…

Plays each scenario on a fresh cluster of three nodes with the built-in kubectl and compares every step with
FILE.golden beside it. Time is virtual: nothing waits. Prints a difference for each step that is not right.

Exit code: 0 when every step is right, 1 when one is not, 2 when a file cannot be read.
`,
  async run(args) {
    const { positionals } = readOptions(args, {});
    if (positionals.length === 0) throw new UsageError('play needs at least one FILE.scenario');
    const results: Judged[] = [];
    let without = 0;
    for (const path of positionals) {
      const golden = path.replace(/\.scenario$/, '.golden');
      if (existsSync(path) && !existsSync(golden)) {
        without++;
        console.log(`${path}: there is no ${golden} beside it`);
        continue;
      }
      const result = await judge(path, readText(path), readText(golden));
      results.push(result);
      report(result);
    }
    const steps = results.reduce((sum, result) => sum + result.steps, 0);
    const wrong = results.reduce((sum, result) => sum + result.wrong.length, 0);
    const failed = results.filter((result) => result.wrong.length > 0).length + without;
    if (steps > 0) console.log(`${steps - wrong} of ${steps} steps right`);
    console.log(`${positionals.length - failed} passed, ${failed} failed`);
    return failed > 0 ? 1 : 0;
  },
};

function report({ name, title, steps, wrong }: Judged): void {
  if (wrong.length === 0) return console.log(`ok   ${name}: ${title}`);
  console.log(`FAIL ${name}: ${title} (${steps - wrong.length} of ${steps} steps right)`);
  for (const { step, wanted, got } of wrong) console.log(`  $ ${step}\n${indent(difference(wanted[0] ?? '', got))}`);
}

const indent = (text: string) => text.replace(/^/gm, '    ');
