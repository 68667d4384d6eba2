// Two texts line by line: '- ' is wanted and missing, '+ ' is there and not wanted.

/** The lines of both, longest common subsequence first; unchanged ones with two blanks in front. */
export function difference(wanted: string, got: string): string {
  const [a, b] = [wanted.split('\n'), got.split('\n')];
  const common = lengths(a, b);
  const out: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(`  ${a[i++]}`);
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) out.push(`- ${a[i++]}`);
    else out.push(`+ ${b[j++]}`);
  }
  return out.join('\n');
}

/** common[i][j]: how many lines a from i and b from j have in common, in order. */
function lengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const common = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  return common;
}
