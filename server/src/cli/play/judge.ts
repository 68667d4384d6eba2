// A scenario played and compared with its golden.
import { basename } from 'node:path';
import { playScenario } from './player.ts';
import { parseGolden, parseScenario } from './scenario.ts';

export interface Judged {
  readonly name: string;
  readonly title: string;
  /** Steps that are compared: settle and sleep say nothing. */
  readonly steps: number;
  readonly wrong: readonly Wrong[];
}

interface Wrong {
  readonly step: string;
  readonly wanted: readonly string[];
  readonly got: string;
}

/** `path` gives the scenario its name, and with it its namespace. */
export async function judge(path: string, scenarioText: string, goldenText: string): Promise<Judged> {
  const name = basename(path, '.scenario');
  const scenario = parseScenario(scenarioText);
  const golden = parseGolden(goldenText);
  const played = await playScenario(name, scenario);
  const judged = played.map((block, i) => ({ ...block, wanted: golden[i]?.variants ?? [] })).filter(({ step }) => !/^(settle|sleep)\b/.test(step));
  const wrong = judged.filter(({ text, wanted }) => !wanted.includes(text)).map(({ step, text, wanted }) => ({ step, wanted, got: text }));
  return { name, title: scenario.title.split('\n')[0]!, steps: judged.length, wrong };
}
