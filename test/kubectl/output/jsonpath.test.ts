import { expect, test } from 'vitest';
import { printTemplate } from '../../../server/src/kubectl/output/jsonpath/evaluate.ts';
import { parseTemplate } from '../../../server/src/kubectl/output/jsonpath/parse.ts';

const pods = {
  kind: 'List',
  items: [
    { metadata: { name: 'a', labels: { app: 'web', 'topology.kubernetes.io/zone': 'z1' } }, spec: { containers: [{ name: 'x', image: 'i:1' }] }, n: 1 },
    {
      metadata: { name: 'b', labels: { app: 'api' } },
      spec: {
        containers: [
          { name: 'y', image: 'i:2' },
          { name: 'z', image: 'i<3' },
        ],
      },
      n: 2,
    },
  ],
};

function check(template: string, printed: string, value: unknown = pods): void {
  const parsed = parseTemplate(template);
  if ('error' in parsed) throw new Error(parsed.error);
  expect(printTemplate(parsed.value, value, { missing: 'allow' })).toEqual({ value: printed });
}

function checkError(template: string, error: string): void {
  const parsed = parseTemplate(template);
  const result = 'error' in parsed ? parsed : printTemplate(parsed.value, pods, { missing: 'allow' });
  expect(result).toEqual({ error });
}

test.each([
  ['{.kind}', 'List'],
  ['kind={.kind}!', 'kind=List!'],
  ['{.items[*].metadata.name}', 'a b'],
  ['{.items[0].metadata.name}/{.items[-1].metadata.name}', 'a/b'],
  ['{.items[0:1].metadata.name}', 'a'],
  ['{.items[:].metadata.name}', 'a b'],
  ['{.items[::2].metadata.name}', 'a'],
  ["{.items[0]['metadata']['name']}", 'a'],
  ['{.items[0].metadata.labels.topology\\.kubernetes\\.io/zone}', 'z1'],
  ["{.items[0]['metadata.name','kind']}", 'a'],
  ['{range .items[*]}{.metadata.name}={.n}{"\\n"}{end}', 'a=1\nb=2\n'],
  ['{range .items[*]}{.metadata.name}:{range .spec.containers[*]} {.name}{end};{end}.', 'a: x;b: y z;.'],
  ['{range .nothing[*]}{.metadata.name}{end}done', 'done'],
  ['{.items[?(@.metadata.name=="b")].n}', '2'],
  ['{.items[?(@.n>1)].metadata.name}', 'b'],
  ['{.items[?(@.metadata.labels.topology\\.kubernetes\\.io/zone)].metadata.name}', 'a'],
  ['{..image}', 'i:1 i:2 i<3'],
  ['{..name}', 'a x b y z'],
  ['{.items[0].metadata.labels}', '{"app":"web","topology.kubernetes.io/zone":"z1"}'],
  ['{.items[1].spec.containers[1]}', '{"image":"i\\u003c3","name":"z"}'],
  ['{.items[*].nope}', ''],
  ['{.nope.deeper}', ''],
  ["{'single'}", 'single'],
  ['{$.kind}{@.kind}', 'ListList'],
])('%s', (template, printed) => {
  check(template, printed);
});

test.each([
  ['{.items[5].n}', 'array index out of bounds: index 5, length 2'],
  ['{.kind[0]}', 'string is not array or slice'],
  ['{.kind', 'unclosed action'],
  ['{end}', 'not in range, nothing to end'],
  ['{foo}', 'unrecognized identifier foo'],
  ['{.items["n","kind"]}', 'invalid array index "n"'],
  ['{.items[', 'unterminated array'],
  ['{"x}', 'unterminated quoted string'],
  ['{.a....b}', 'invalid multiple recursive descent'],
])('%s is refused', checkError);
