import { expect, test } from 'vitest';
import { documentStarts } from '../../server/src/manifest/split.ts';

/** The documents of a text, each as it stands there. */
function checkSplit(text: string, documents: readonly string[]): void {
  const starts = documentStarts(text);
  expect(starts.map((start, index) => text.slice(start, starts[index + 1]))).toEqual(documents);
}

test('[M10] a line of three dashes begins a document', () => checkSplit('a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']));
test('[M10] the first document may have its marker', () => checkSplit('---\na: 1\n---\nb: 2', ['---\na: 1\n', '---\nb: 2']));
test('[M10] the marker may have a comment', () => checkSplit('a: 1\n--- # second\nb: 2', ['a: 1\n', '--- # second\nb: 2']));
test('[M10] the marker may carry the document', () => checkSplit('a: 1\n--- {b: 2}\n', ['a: 1\n', '--- {b: 2}\n']));
test('[M10] four dashes, or dashes with a word, are no marker', () => checkSplit('a: |\n----\n---b\n', ['a: |\n----\n---b\n']));
test('[M10] indented dashes are no marker', () => checkSplit('a: |\n  ---\n  b\n', ['a: |\n  ---\n  b\n']));
test('[M11] a marker ends a document inside a block scalar', () => checkSplit('a: |\n  x\n---\nb: 2\n', ['a: |\n  x\n', '---\nb: 2\n']));
test('[M11] and inside an open quote', () => checkSplit('a: "x\n---\nb: 2\n', ['a: "x\n', '---\nb: 2\n']));
test('[M12] comments and directives belong to the marker after them', () => checkSplit('# c\n%YAML 1.1\n---\na: 1\n', ['# c\n%YAML 1.1\n---\na: 1\n']));
test('[M12] but not once there is content', () => checkSplit('a: 1\n# c\n---\nb: 2\n', ['a: 1\n# c\n', '---\nb: 2\n']));
test('[M13] three dots end a document', () => checkSplit('a: 1\n...\n# c\n%YAML 1.2\n---\nb: 2\n', ['a: 1\n...\n', '# c\n%YAML 1.2\n---\nb: 2\n']));
test('[M13] content may follow the dots at once', () => checkSplit('a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']));
test('[M14] empty documents count', () => checkSplit('---\n---\n', ['---\n', '---\n']));
test('[M14] an empty file is one empty document', () => checkSplit('', ['']));
test('[M15] lines may end in CR LF', () => checkSplit('a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']));
test('[M15] a byte order mark hides no marker', () => checkSplit('\uFEFF---\na: 1\n---\nb: 2', ['\uFEFF---\na: 1\n', '---\nb: 2']));
test('[M16] JSON objects follow each other', () => checkSplit('{"a": "}"}\n {"b": {}}{"c": 1}\n', ['{"a": "}"}\n ', '{"b": {}}', '{"c": 1}\n']));
test('[M16] one JSON object is one document', () => checkSplit('{"a": 1}\n', ['{"a": 1}\n']));
test('[M16] braces that begin YAML do not make it JSON', () => checkSplit('{a: 1}\n---\nb: 2\n', ['{a: 1}\n', '---\nb: 2\n']));
test('[M16] a template that begins with braces is YAML', () =>
  checkSplit('{{ if x }}\na: 1\n---\nb: 2\n{{ end }}', ['{{ if x }}\na: 1\n', '---\nb: 2\n{{ end }}']));
