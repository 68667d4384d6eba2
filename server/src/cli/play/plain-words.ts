// The words of a command line that needs no shell; undefined when it has anything that a shell would act on.

const special = /[|&;<>()$`\\*?[\]#~{}!\n]/;

/** `kubectl patch x -p '{"a":1}'` → its four words. Variables, globs, pipes and their like need a shell. */
export function plainWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length;) {
    const character = line[at]!;
    if (character === "'" || character === '"') {
      const end = line.indexOf(character, at + 1);
      if (end < 0) return undefined;
      const quoted = line.slice(at + 1, end);
      // Inside double quotes a shell still looks for these.
      if (character === '"' && /[$`\\!]/.test(quoted)) return undefined;
      word = (word ?? '') + quoted;
      at = end + 1;
    } else if (character === ' ') {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
    } else {
      if (special.test(character)) return undefined;
      word = (word ?? '') + character;
      at++;
    }
  }
  if (word !== undefined) words.push(word);
  // An assignment in front belongs to the shell.
  return words[0] === undefined || /^\w+=/.test(words[0]) ? undefined : words;
}
