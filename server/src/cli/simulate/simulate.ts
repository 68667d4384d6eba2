// drydock simulate: what would become of these files.
import { UsageError, type CliCommand } from '../cli-command.ts';
import { checkFiles, diagnosticLines, hasErrors } from '../found.ts';
import { readOptions, wholeNumber } from '../options.ts';
import { readText } from '../read-text.ts';
import { simulate, type AppliedFile, type RolloutOutcome, type SimulationOutcome, type StepOutcome } from './simulation.ts';

export const simulateCommand: CliCommand = {
  summary: 'apply manifests to a fresh cluster and tell what becomes of them',
  help: `drydock simulate A.yaml [--then B.yaml]… [--seed N] [--nodes N] [--json]

Applies A.yaml to a fresh cluster, lets it settle, applies the next file, and so on; prints what became of the objects,
how long each rollout took, the most pods wanted and the fewest ready on the way, and the time it took: virtual (the
cluster's) and wall. The same files and seed give the same answer.
  --then FILE   the next file; may be given several times
  --seed N      whole number, 1 unless told otherwise
  --nodes N     1 to 5000, 3 unless told otherwise
  --json        the answer as JSON

Exit code: 0 when everything was applied and rolled out, 1 when something was refused or did not get there, 2 when a
file cannot be read.
`,
  async run(args) {
    const { values, positionals } = readOptions(args, {
      // oxlint-disable-next-line unicorn/no-thenable -- the option is called --then
      then: { type: 'string', multiple: true },
      seed: { type: 'string' },
      nodes: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [first, ...more] = positionals;
    if (first === undefined) throw new UsageError('simulate needs a FILE');
    if (more.length > 0) throw new UsageError(`simulate takes one file and --then for the next: simulate ${first} --then ${more[0]}`);
    const seed = wholeNumber(values.seed, 'seed', 1, 0, 0x7fff_ffff);
    const nodes = wholeNumber(values.nodes, 'nodes', 3, 1, 5_000);
    const checked = checkFiles([first, ...(values.then ?? [])], readText);
    if (checked.some(hasErrors)) {
      for (const file of checked) for (const line of diagnosticLines(file)) console.error(line);
      return 1;
    }
    const files: readonly AppliedFile[] = checked.map(({ file, objects }) => ({
      file,
      objects: objects.filter(({ isApplicable }) => isApplicable).map(({ value }) => value),
    }));
    const outcome = simulate(files, { seed, nodes });
    console.log(values.json ? JSON.stringify(outcome, undefined, 2) : textOf(outcome));
    return outcome.steps.every(isFine) ? 0 : 1;
  },
};

const isFine = ({ settled, objects, rollouts }: StepOutcome) =>
  settled && objects.every(({ result }) => result !== 'refused') && rollouts.every(({ state }) => state === 'complete' || state === 'paused');

function textOf({ steps, objects, virtualMs, wallMs }: SimulationOutcome): string {
  const counts = Object.entries(objects).map(([resource, count]) => `${count} ${resource}`);
  return [
    ...steps.flatMap(stepLines),
    `In the end: ${counts.join(', ') || 'nothing'}.`,
    `${seconds(virtualMs)} of virtual time, ${seconds(wallMs)} of wall time.`,
  ].join('\n');
}

function stepLines({ file, objects, settled, virtualMs, rollouts }: StepOutcome): readonly string[] {
  return [
    `${file}`,
    ...objects.flatMap(({ object, result, message, warnings }) => [
      `  ${object} ${result}${message === undefined ? '' : `: ${message}`}`,
      ...warnings.map((warning) => `  Warning: ${warning}`),
    ]),
    ...rollouts.map((rollout) => `  ${rolloutText(rollout)}`),
    settled ? `  settled after ${seconds(virtualMs)}` : '  did not settle within an hour of virtual time',
    '',
  ];
}

function rolloutText({ deployment, state, reason, revision, durationMs, mostPods, fewestReady }: RolloutOutcome): string {
  const pods = `at most ${mostPods} pods wanted, at least ${fewestReady} ready`;
  const end = durationMs === undefined ? `${state}${reason ? ` (${reason})` : ''}` : `rolled out in ${seconds(durationMs)}`;
  return `${deployment} revision ${revision}: ${end}; ${pods}`;
}

/** 1234 → '1.2 s', 45 → '0.045 s'. */
const seconds = (ms: number) => `${(ms / 1_000).toFixed(ms < 1_000 ? 3 : 1)} s`;
