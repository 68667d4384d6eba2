import { expect, test } from 'vitest';
import { align, describeAlignment } from '../../../server/src/kubectl/output/tabwriter.ts';
import { printTable } from '../../../server/src/kubectl/output/table.ts';
import { customCells, parseCustomColumns } from '../../../server/src/kubectl/output/custom-columns.ts';
import { goJson } from '../../../server/src/kube/go-json.ts';
import { goSyntax, goText } from '../../../server/src/kube/go-values.ts';

test('columns are three blanks apart and never narrower than six', () => {
  expect(
    printTable(
      ['NAME', 'READY', 'UP-TO-DATE'],
      [
        ['web', '2/2', 2],
        ['a', '1/1', 10],
      ],
    ),
  ).toBe('NAME   READY   UP-TO-DATE\nweb    2/2     2\na      1/1     10\n');
});

test('without a header a column is as wide as its cells', () => {
  expect(printTable(undefined, [['api', '1/1', 1, 1, '6s']])).toBe('api   1/1   1     1     6s\n');
});

test('a cell ends at its first line break', () => {
  expect(printTable(['A', 'B'], [['x\ny', '1']])).toBe('A      B\nx...   1\n');
});

test('a line without a cell ends the column', () => {
  expect(align('a\tb\nlonger\tb\n\nx\ty\n', describeAlignment)).toBe('a       b\nlonger  b\n\nx  y\n');
});

test('the text after the last tab widens nothing', () => {
  expect(align('  a:\tone\n  bbb:\ta very long last cell\n', describeAlignment)).toBe('  a:    one\n  bbb:  a very long last cell\n');
});

test('letters outside ASCII count once', () => {
  expect(align('é😀\tx\nabc\tx', describeAlignment)).toBe('é😀   x\nabc  x');
});

test('custom columns: values joined by commas, <none> where nothing is', () => {
  const columns = parseCustomColumns('NAME:.metadata.name,IMAGES:spec.c[*].image,FIRST:{.spec.c[0,1].image},L:.labels,X:.x');
  if ('error' in columns) throw new Error(columns.error);
  const object = { metadata: { name: 'web' }, spec: { c: [{ image: 'a' }, { image: 'b' }] }, labels: { b: '2', a: '1' } };
  expect(customCells(columns.value, object)).toEqual({ value: ['web', 'a,b', 'a,b', 'map[a:1 b:2]', '<none>'] });
  expect(parseCustomColumns('NAME')).toEqual({ error: 'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>' });
});

test("JSON as Go writes it: sorted keys, HTML's own characters escaped", () => {
  expect(goJson({ b: '<a&b>', a: [1, {}], c: undefined })).toBe('{"a":[1,{}],"b":"\\u003ca\\u0026b\\u003e"}');
  expect(goJson({ b: { x: null }, a: [] }, 4)).toBe('{\n    "a": [],\n    "b": {\n        "x": null\n    }\n}');
});

test("Go's %v and %#v", () => {
  const value = { b: ['x', 1], a: null };
  expect(goText(value)).toBe('map[a:<nil> b:[x 1]]');
  expect(goSyntax(value)).toBe('map[string]interface {}{"a":interface {}(nil), "b":[]interface {}{"x", 1}}');
});
