import { expect, test } from 'vitest';
import { plainWords } from '../../server/src/cli/play/plain-words.ts';

test.each<[string, string[]]>([
  ['kubectl get  pods', ['kubectl', 'get', 'pods']],
  [`kubectl patch x -p '{"a": [1]}'`, ['kubectl', 'patch', 'x', '-p', '{"a": [1]}']],
  [`kubectl annotate x note="two words" --overwrite`, ['kubectl', 'annotate', 'x', 'note=two words', '--overwrite']],
  [`kubectl get x -o jsonpath='{.a[?(@.b=="c")]}'`, ['kubectl', 'get', 'x', '-o', 'jsonpath={.a[?(@.b=="c")]}']],
  [`kubectl label x a=''`, ['kubectl', 'label', 'x', 'a=']],
  [`kubectl label x ''`, ['kubectl', 'label', 'x', '']],
])('%s needs no shell', (line, words) => {
  expect(plainWords(line)).toEqual(words);
});

test.each([
  'kubectl get pods | wc -l',
  'kubectl get pods > out',
  'kubectl get pods; true',
  'kubectl get $NAME',
  'kubectl get "$NAME"',
  'kubectl get `cat name`',
  'kubectl get po*',
  'kubectl get {a,b}',
  'kubectl get a\\ b',
  'kubectl get x # of mine',
  'cd ~',
  'NAMESPACE=x kubectl get pods',
  "kubectl get 'pods",
  "kubectl apply -f - <<'X'\na: 1\nX",
  '',
])('%j needs one', (line) => {
  expect(plainWords(line)).toBeUndefined();
});
