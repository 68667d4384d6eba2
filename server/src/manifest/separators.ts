// What YAML allows between documents and kubectl does not. Its reader cuts a file at lines of `---` before any YAML is parsed, and is particular
// about what else such a line holds. Warnings, because the document itself is fine.
import type { Problem } from './problem.ts';
import { warning } from './problem.ts';

const separator = /^---([ \t]*)([^\s#].*)$/gm;
const directive = /^%.*$/gm;

export function separatorProblems(text: string): readonly Problem[] {
  const found = [...text.matchAll(separator)].map(({ index, 1: space = '', 2: rest = '' }) => {
    const content = rest.trimEnd();
    const start = index + 3 + space.length;
    const advice = 'YAML allows this, kubectl does not: it refuses the whole file. Let the document begin on the line after ---.';
    return warning('separator', { start, end: start + content.length }, `invalid Yaml document separator: ${content}`, advice);
  });
  // A directive stands before the marker; behind it a % begins text.
  const marker = /^---/m.exec(text)?.index ?? 0;
  const directives = [...text.slice(0, marker).matchAll(directive)].map(({ index, 0: line }) =>
    warning(
      'separator',
      { start: index, end: index + line.trimEnd().length },
      'kubectl reads no directives.',
      'Remove this line: kubectl always reads YAML 1.1.',
    ),
  );
  return [...found, ...directives];
}
