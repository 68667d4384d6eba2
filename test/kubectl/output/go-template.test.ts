import { describe, expect, test } from 'vitest';
import { executeGoTemplate } from '../../../server/src/kubectl/output/go-template/evaluate.ts';
import { functionNames } from '../../../server/src/kubectl/output/go-template/functions.ts';
import { parseGoTemplate } from '../../../server/src/kubectl/output/go-template/parse.ts';

const data = { name: 'web', replicas: 3, half: 0.5, labels: { b: '2', a: '1' }, list: ['x', 'y', 'z'], none: null, yes: true };

function checkTemplate(template: string, expected: string | RegExp, allowMissing = true): void {
  const parsed = parseGoTemplate(template, functionNames);
  if ('error' in parsed) return expect(parsed.error).toBe(expected);
  const executed = executeGoTemplate(parsed.value, data, { allowMissing });
  const result = 'error' in executed ? executed.error : executed.text;
  if (typeof expected === 'string') expect(result).toBe(expected);
  else expect(result).toMatch(expected);
}

describe('what a template prints', () => {
  test.each([
    ['{{.name}} {{.replicas}} {{.half}} {{.yes}}', 'web 3 0.5 true'],
    ['{{.nope}}|{{.nope.deeper}}', '<no value>|<no value>'],
    ['{{.labels}} {{.list}}', 'map[a:1 b:2] [x y z]'],
    ['{{range .list}}{{.}},{{end}}', 'x,y,z,'],
    ['{{range $i, $e := .list}}{{$i}}={{$e}} {{end}}', '0=x 1=y 2=z '],
    ['{{range $k, $v := .labels}}{{$k}}{{$v}}{{end}}', 'a1b2'],
    ['{{range .nope}}x{{else}}empty{{end}}', 'empty'],
    ['{{range .list}}{{if eq . "y"}}{{continue}}{{end}}{{.}}{{end}}', 'xz'],
    ['{{range .list}}{{if eq . "y"}}{{break}}{{end}}{{.}}{{end}}', 'x'],
    ['{{if and .yes (gt (len .list) 2)}}many{{else if .nope}}some{{else}}few{{end}}', 'many'],
    ['{{with .labels}}{{.a}}{{end}}{{with .nope}}x{{else}}-{{end}}', '1-'],
    ['{{$x := 1}}{{range .list}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['a {{- " b " -}} c', 'a b c'],
    ['{{/* nothing */}}x{{- /* to say */ -}} y', 'xy'],
    ['{{index .list 1}} {{index .labels "b"}} {{len .name}} {{slice .name 1 3}}', 'y 2 3 eb'],
    ['{{printf "%s-%03d %q %v %.2f %t%%" .name 7 .name .list .half true}}', 'web-007 "web" [x y z] 0.50 true%'],
    ['{{.name | printf "%-5s|"}}', 'web  |'],
    ['{{define "t"}}<{{.}}>{{end}}{{template "t" .name}}', '<web>'],
    ['{{"d2Vi" | base64decode}} {{exists . "labels" "a"}} {{exists . "labels" "c"}}', 'web true false'],
    ['{{print 1 2 "x" 3}} {{html "<a>"}} {{urlquery "a b"}}', '1 2x3 &lt;a&gt; a+b'],
    ['{{not .yes}} {{or "" "b"}} {{ne .name "x"}} {{le 1 1}}', 'false b true true'],
    ["{{'a'}} {{0x10}} {{`raw`}}", '97 16 raw'],
  ])('%s', (template, expected) => checkTemplate(template, expected));
});

describe('what it says to mistakes', () => {
  test.each([
    ['{{.name', 'template: output:1: unclosed action'],
    ['{{if .name}}x', 'template: output:1: unexpected EOF'],
    ['{{nope .name}}', 'template: output:1: function "nope" not defined'],
    ['{{$x}}', 'template: output:1: undefined variable "$x"'],
    ['\n{{end}}', 'template: output:2: unexpected {{end}}'],
    ['{{break}}', 'template: output:1: {{break}} outside {{range}}'],
  ])('%s', (template, error) => checkTemplate(template, error));

  test('an int is no float64', () => checkTemplate('{{eq .replicas 3}}', /error calling eq: incompatible types for comparison/));
  test('a key that must be there', () => checkTemplate('{{.nope}}', /map has no entry for key "nope"/, false));
  test('templates that call themselves end', () => checkTemplate('{{define "t"}}{{template "t"}}{{end}}{{template "t"}}', /exceeded maximum template depth/));
});
