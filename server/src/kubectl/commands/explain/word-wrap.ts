// Breaks lines at blanks, as explain does for a terminal. Source: github.com/mitchellh/go-wordwrap.

/** A word longer than the limit keeps a line of its own. */
export function wordWrap(text: string, limit: number): string {
  let out = '';
  let [current, word, space] = [0, '', ''];
  const flush = () => {
    current += space.length + word.length;
    out += space + word;
    [space, word] = ['', ''];
  };
  for (const character of text) {
    if (character === '\n') {
      if (word !== '') flush();
      else if (current + space.length <= limit) out += space;
      space = '';
      out += character;
      current = 0;
    } else if (/\s/.test(character) && character !== '\u00a0') {
      if (space === '' || word !== '') flush();
      space += character;
    } else {
      word += character;
      if (current + word.length + space.length > limit && word.length < limit) {
        out += '\n';
        [current, space] = [0, ''];
      }
    }
  }
  return word === '' ? (current + space.length <= limit ? out + space : out) : out + space + word;
}
