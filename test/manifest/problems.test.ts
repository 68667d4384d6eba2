// What is said of damaged text, and where.
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../server/src/manifest/limits.ts';
import { ManifestDocument } from '../../server/src/manifest/manifest-document.ts';
import { readMarks, showMarks } from './check-ranges.ts';

/** The marks name the code and the message of each problem. */
function checkProblems(fixture: string): void {
  const { text, marks } = readMarks(fixture);
  const document = new ManifestDocument(text, defaultLimits);
  const found = document.problems.map(({ span, code, message }) => {
    const { line, character: start } = document.positionAt(span.start);
    return { line, start, end: start + span.end - span.start, words: `${code}: ${message}` };
  });
  expect(showMarks(text, found)).toBe(showMarks(text, marks));
}

test('[M20] nothing to say of good YAML', () => checkProblems('a: &x {b: [1, "2"]}\nc: *x # comment\nd: |\n  text: more\n'));

test('[M21] a tab as indentation', () => checkProblems('a:\n\tb: 1\n#<^ tab: A tab cannot indent YAML.\n'));

test('[M21] a key that is not aligned', () =>
  checkProblems(`
metadata:
  name: x
 data: {}
#^^^^ indent: "data" is not aligned with the lines it belongs to.
`));

test('[M21] a key that is indented further than its map', () =>
  checkProblems(`
a: { x: 1 }
  b: 2
# ^ indent: "b" is not aligned with the lines it belongs to.
`));

test('[M21] an indented key under a value', () =>
  checkProblems(`
a: 1
#  ^ syntax: There is a second "key: value" in this value.
  b: 2
`));

test('[M22] a quote that is never closed, where it opens', () =>
  checkProblems(`
a: "x
#  ^ unclosed: This " is never closed.
b: 2
`));

test('[M22] a bracket that is never closed, where it opens', () =>
  checkProblems(`
a: [1, 2
#  ^ unclosed: This [ is never closed.
b: {x: 1
#  ^ unclosed: This { is never closed.
c: 3
`));

test('[M22] a bracket too many', () => checkProblems('a: ]\n#  ^ syntax: "]" is not expected here.\n'));

test('[M23] a duplicate key', () => checkProblems('a: 1\nb: 2\n"a": 3\n#<^^^ duplicate-key: The key "a" stands twice in this map.\n'));

test('[M23] the first place of a duplicate key is named', () => {
  const [one] = new ManifestDocument('a: 1\na: 2\n', defaultLimits).problems;
  expect(one?.related).toEqual({ span: { start: 0, end: 1 }, message: '"a" stands here first.' });
});

test('[M24] an unknown anchor', () => checkProblems('a: *nope\n#  ^^^^^ unknown-anchor: No anchor "nope" stands above.\n'));

test('[M24] a cycle of anchors', () =>
  checkProblems(`
a: &x
  b: *x
#    ^^ anchor-cycle: Anchor "x" contains itself.
`));

test('[M24] a cycle through an anchor of the same name', () =>
  checkProblems('a: &x 1\nb: &x { c: *x }\n#          ^^ anchor-cycle: Anchor "x" contains itself.\n'));

test('[M25] a key without a colon, before other keys', () =>
  checkProblems(`
a:
  rep
# ^^^ syntax: "rep" lacks a colon and a value.
  b: 1
`));

test('[M25] a key without a colon, after other keys', () =>
  checkProblems(`
a:
  b: 1
  rep
# ^^^ syntax: "rep" lacks a colon and a value.
`));

test('[M26] a value that needs quotes', () =>
  checkProblems(`
a: @x
#  ^^ syntax: A value cannot start with @ unless it is quoted.
b: %x
#  ^^ syntax: A value cannot start with % unless it is quoted.
`));

test('[M26] an escape that does not exist', () => checkProblems('a: "\\q"\n#   ^^ syntax: \\q is not an escape that double quotes know.\n'));
test('[M26] a quote within quotes', () => checkProblems("a: 'it's'\n#      ^^ syntax: \"s'\" is not expected here.\n"));
test('[M26] a list on the line of its key', () => checkProblems('x: - 1\n#  ^ syntax: A list cannot start on the line of its key.\n'));
test('[M26] a map after a list', () => checkProblems('- a\nb: 1\n#<^ syntax: "b" is not expected here.\n'));

test('[M27] keys that JSON cannot have', () => {
  checkProblems('[a]: 1\n#<^^^ key: A list or a map cannot be a key.\n');
  checkProblems('~: 1\n#<^ key: A key is missing before the colon, or it is null.\n');
});

test('[M27] numbers that JSON cannot have', () => checkProblems('a: .inf\n#  ^^^^ number: .inf is a number that JSON cannot carry.\n'));
test('[M27] a value that is not what its tag says', () => checkProblems('a: !!int x\n#        ^ tag: "x" is not what its tag !!int says.\n'));
test('[M28] << needs a map', () => checkProblems('<<: 1\n#<^^ key: << merges maps, and this value is none.\n'));

test('[M19] damage stays where it is: the entries around it are read as before', () => {
  const { value } = new ManifestDocument('a: 1\nb:\n  c: "x\n  d: [1\n  e\n  f: {g: 2}\nh: 3\n', defaultLimits);
  expect(value).toMatchObject({ a: 1, b: { f: { g: 2 } }, h: 3 });
});

describe('what YAML allows and kubectl does not', () => {
  test('[M29] a marker that carries the document', () =>
    checkProblems(`
--- {a: 1}
#   ^^^^^^ separator: invalid Yaml document separator: {a: 1}
`));

  test('[M29] dashes that look like a marker', () =>
    checkProblems(`
a: b
---c
#<^^^^ syntax: "---c" lacks a colon and a value.
#  ^ separator: invalid Yaml document separator: c
`));

  test('[M29] a directive', () =>
    checkProblems(`
%YAML 1.1
#<^^^^^^^^^ separator: kubectl reads no directives.
---
a: 1
`));
});
