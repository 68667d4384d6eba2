// Scenario files and their goldens (test/conformance/oracle/scenarios has the format in play.mjs).

export interface Scenario {
  readonly title: string;
  /** Text by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Command lines in order. */
  readonly steps: readonly string[];
}

/** A step of a golden, and everything that a real control plane answered to it: any of the variants is right. */
export interface Block {
  readonly step: string;
  readonly variants: readonly string[];
}

export function parseScenario(text: string): Scenario {
  const [title = '', ...parts] = text.split(/^-- (.+) --$/m);
  const files: Record<string, string> = {};
  let steps: readonly string[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const [name, content = ''] = [parts[i]!, parts[i + 1]];
    if (name === 'run') steps = stepLines(content).map((line) => line.slice(2));
    else files[name] = content.replace(/^\n/, '');
  }
  return { title: title.trim(), files, steps };
}

const stepLines = (text: string) => text.split('\n').filter((line) => line.startsWith('$ '));

export function parseGolden(text: string): readonly Block[] {
  const blocks: { step: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ')) blocks.push({ step: line.slice(2), lines: [] });
    else blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(({ step, lines }) => ({
    step,
    variants: lines
      .join('\n')
      .trim()
      .split(/^~~~ or\n/m)
      .map((variant) => variant.trim()),
  }));
}

/** '500ms', '3s', '2m' → milliseconds; undefined when it is none of these. */
export function milliseconds(text: string): number | undefined {
  const found = /^(\d+)(ms|s|m)$/.exec(text);
  return found ? Number(found[1]) * { ms: 1, s: 1_000, m: 60_000 }[found[2] as 'ms' | 's' | 'm'] : undefined;
}
