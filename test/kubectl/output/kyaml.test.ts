// Texts of several lines, as kubectl v1.36 prints them.
import { expect, test } from 'vitest';
import { toKyaml } from '../../../server/src/kubectl/output/kyaml.ts';

test('a text of several lines stands on lines of its own; blanks at their beginning are kept', () => {
  expect(toKyaml({ data: { a: 'x\n', b: 'one\ntwo', c: ' lead\n  more\n', d: 'a"b\\c\n\ttab\n', e: '\n', g: 'tab\there' } })).toBe(`---
{
  data: {
    a: "\\
       x\\n\\
      ",
    b: "\\
       one\\n\\
       two\\
      ",
    c: "\\
      \\ lead\\n\\
      \\  more\\n\\
      ",
    d: "\\
       a\\"b\\\\c\\n\\
      \\	tab\\n\\
      ",
    e: "\\
       \\n\\
      ",
    g: "tab	here",
  },
}
`);
});
