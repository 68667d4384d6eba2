// drydock validate: the editor's diagnostics on the command line.
import { UsageError, type CliCommand } from './cli-command.ts';
import { checkFiles, diagnosticLines, hasErrors } from './found.ts';
import { readOptions } from './options.ts';
import { readText } from './read-text.ts';

export const validate: CliCommand = {
  summary: 'check manifests as the editor does, in the API server’s own words',
  help: `drydock validate FILE… [-o json]

Prints what is wrong with each file: place, severity, code, the API server's own text where there is one, and what to do.
  -o, --output json   an array of {file, diagnostics: [{range, severity, code, message, explanation, …}]};
                      lines and characters count from 0

Exit code: 0 without errors (warnings do not count), 1 with errors, 2 when a file cannot be read.
`,
  async run(args) {
    const { values, positionals } = readOptions(args, { output: { type: 'string', short: 'o' } });
    if (positionals.length === 0) throw new UsageError('validate needs at least one FILE');
    if (values.output !== undefined && values.output !== 'json') throw new UsageError(`--output takes "json", not "${values.output}"`);
    const checked = checkFiles(positionals, readText);
    if (values.output === 'json') {
      const answer = checked.map(({ file, diagnostics }) => ({ file, diagnostics }));
      console.log(JSON.stringify(answer, undefined, 2));
    } else {
      for (const file of checked) for (const line of diagnosticLines(file)) console.log(line);
      console.log(
        summaryOf(
          checked.flatMap(({ diagnostics }) => diagnostics.map(({ severity }) => severity)),
          checked.length,
        ),
      );
    }
    return checked.some(hasErrors) ? 1 : 0;
  },
};

/** '2 files: 1 error, 3 warnings' */
function summaryOf(severities: readonly string[], files: number): string {
  const count = (severity: string) => severities.filter((each) => each === severity).length;
  return `${counted(files, 'file')}: ${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
