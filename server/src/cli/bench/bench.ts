// drydock bench: the figures that the budgets are about.
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { UsageError, type CliCommand } from '../cli-command.ts';
import { readOptions } from '../options.ts';
import { benchRolloutMedian, heapBytesPerPod, type RolloutFigures } from './rollout.ts';
import { measureUnderLoad, type LoadFigures } from './under-load.ts';

const sizes = [100, 1_000, 10_000] as const;
const lines = 10_000;

const budgets = {
  /** CPU for creating and rolling one pod. */
  cpuMsPerPod: 0.5,
  /** How much dearer a pod may be among 10,000 than among 100. */
  growth: 1.3,
  /** Keystroke → diagnostics, 95 of 100. */
  diagnosticsP95Ms: 10,
} as const;

export const bench: CliCommand = {
  summary: 'measure what rollouts and diagnostics cost',
  help: `drydock bench [--json]

Creates and rolls one Deployment of ${sizes.map((size) => size.toLocaleString('en')).join(', ')} replicas (the median of several runs), then types in a file of
${lines.toLocaleString('en')} lines while 10,000 pods roll in the cluster's thread. Prints the figures and whether they keep the budgets:
CPU a pod at most ${budgets.cpuMsPerPod} ms, at most ${budgets.growth} times higher at 10,000 than at 100; diagnostics p95 at most ${budgets.diagnosticsP95Ms} ms.
They are meant for a machine that does nothing else.

Exit code: 0 when the budgets are kept, 1 when one is not.
`,
  async run(args) {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError('bench takes no arguments');
    const script = new URL('./worker.js', import.meta.url);
    if (!existsSync(script)) throw new UsageError('bench needs the bundle of the cluster’s thread beside it: run "npm run build"');
    const cores = availableParallelism();
    const busy = loadavg()[0]!;
    if (busy > cores / 2) console.error(`drydock: the machine is busy (load ${busy.toFixed(1)} on ${cores} cores); the figures will be too high`);
    const rollouts: RolloutFigures[] = [];
    for (const size of sizes) {
      rollouts.push(benchRolloutMedian(size));
      if (!values.json) console.log(rolloutLine(rollouts.at(-1)!));
    }
    const heapPerPod = heapBytesPerPod(sizes.at(-1)!);
    if (!values.json) console.log(`${Math.round(heapPerPod).toLocaleString('en')} bytes a pod in memory, log included`);
    const load = await measureUnderLoad(lines, 10_000, script);
    if (!values.json) console.log(loadLine(load));
    const growth = rollouts.at(-1)!.cpuMsPerPod / rollouts[0]!.cpuMsPerPod;
    const kept = rollouts.every(({ cpuMsPerPod }) => cpuMsPerPod <= budgets.cpuMsPerPod) && growth <= budgets.growth && load.p95Ms <= budgets.diagnosticsP95Ms;
    if (values.json) {
      const figures = { cores, rollouts, heapBytesPerPod: heapPerPod, growth, diagnosticsUnderLoad: load, budgets, kept };
      console.log(JSON.stringify(figures, undefined, 2));
    } else console.log(`a pod among 10,000 costs ${growth.toFixed(2)} times what it costs among 100; budgets ${kept ? 'kept' : 'NOT kept'}`);
    return kept ? 0 : 1;
  },
};

const rolloutLine = ({ replicas, cpuMsPerPod, wallMs, virtualMs, commits }: RolloutFigures) =>
  `${String(replicas).padStart(6)} replicas created and rolled: ${cpuMsPerPod.toFixed(3)} ms CPU a pod, ${Math.round(wallMs)} ms wall, ` +
  `${(virtualMs / 1_000).toFixed(1)} s virtual, ${commits} commits`;

const loadLine = ({ lines, replicas, keystrokes, p50Ms, p95Ms, maxMs, rolloutMs }: LoadFigures) =>
  `${lines} lines, ${keystrokes} keystrokes while ${replicas} pods roll (${Math.round(rolloutMs)} ms): diagnostics p50 ${p50Ms.toFixed(2)} ms, p95 ${p95Ms.toFixed(2)} ms, longest ${maxMs.toFixed(2)} ms`;
