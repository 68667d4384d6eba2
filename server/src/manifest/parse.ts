// One document: text → tree. Whatever the text, it returns, soon, and with a problem at each thing that is wrong.
import { readWithLibrary } from './library.ts';
import type { Limits } from './limits.ts';
import { readPlain } from './plain.ts';
import type { Problem } from './problem.ts';
import { separatorProblems } from './separators.ts';
import type { Node } from './tree.ts';

export interface Parsed {
  /** Absent for a document of comments or nothing, and for one that breaks a limit. */
  readonly root: Node | undefined;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
  /** Holds `{{ … }}` where YAML should be, so it is a template for YAML and nothing below can judge it. */
  readonly isTemplate: boolean;
}

/** `lineStarts` are those of the text. */
export function parse(text: string, lineStarts: readonly number[], limits: Limits): Parsed {
  const { root, problems, isTemplate } = readPlain(text, lineStarts, limits) ?? readWithLibrary(text, limits);
  const all = [...problems, ...separatorProblems(text)].sort((a, b) => a.span.start - b.span.start);
  return { root, problems: withoutRepeats(all).slice(0, limits.problems), isTemplate };
}

/** Two keys of an entry that the library reads are compared there, and again when the entry joins its map. */
function withoutRepeats(sorted: readonly Problem[]): readonly Problem[] {
  return sorted.filter(({ span, code }, index) => {
    const before = sorted[index - 1];
    return !before || before.span.start !== span.start || before.code !== code;
  });
}
