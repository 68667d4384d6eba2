// Whatever happens to a manifest, every question about it is answered, and an edited file answers like one that was opened anew.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LanguageService } from '../../server/src/language/language.ts';
import type { Range } from '../../server/src/manifest/text.ts';
import { damage, damages } from '../manifest/damage.ts';
import { json, manifest } from '../manifest/fixtures.ts';
import { open, uri } from './check.ts';

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    drydock.dev/fault: crash
spec:
  restartPolicy: Always
  containers:
  - name: web
    image: nginx
    livenessProbe: {httpGet: {port: 80}}
    volumeMounts:
    - {name: data, mountPath: /data}
  volumes:
  - name: data
    emptyDir: {sizeLimit: 1Gi}
---
apiVersion: v1
kind: List
items:
- apiVersion: batch/v1
  kind: CronJob
  metadata: {name: tick}
  spec:
    schedule: "* * * * *"
    jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}
- apiVersion: policy/v1beta1
  kind: PodDisruptionBudget
  metadata: {name: a}
`;

function checkRange(text: string, { start, end }: Range): void {
  const rows = text.split('\n');
  for (const { line, character } of [start, end])
    if (line < 0 || line >= rows.length || character < 0 || character > (rows[line]?.length ?? 0)) throw new Error(`no place ${line}:${character}`);
  if (start.line > end.line || (start.line === end.line && start.character > end.character)) throw new Error('a range that ends before it starts');
}

test('[L70] every question is answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(manifest, json, pod), damages, fc.double({ min: 0, max: 1, noNaN: true }), async (whole, steps, where) => {
      const text = damage(whole, steps);
      const service = open(text);
      for (const { code, message, range, related = [], replacements = [] } of service.diagnose(uri)) {
        if (code === 'internal') throw new Error(message);
        for (const one of [{ range }, ...related, ...replacements]) checkRange(text, one.range);
      }
      for (const { range, selection } of service.symbols(uri)) [range, selection].forEach((one) => checkRange(text, one));
      for (const object of service.objects(uri))
        [object.range, object.kindRange, object.rangeOf('spec.containers[0].image'), object.rangeOf('x[y')].forEach((one) => checkRange(text, one));
      const line = Math.floor(where * (text.split('\n').length - 1));
      const position = { line, character: Math.floor(where * 20) };
      await service.hover(uri, position);
      for (const { range } of service.completions(uri, { line, character: Math.min(position.character, text.split('\n')[line]?.length ?? 0) }))
        checkRange(text, range);
    }),
    { numRuns: 2_000 },
  );
}, 120_000);

test('[L71] an edited file answers like one that was opened anew', () => {
  fc.assert(
    fc.property(fc.constantFrom(manifest, json, pod), fc.array(damages, { minLength: 1, maxLength: 3 }), (whole, rounds) => {
      const service = open(whole);
      let text = whole;
      for (const steps of rounds) {
        text = damage(text, steps);
        service.change(uri, [{ text }]);
        const fresh = new LanguageService();
        fresh.open(uri, text);
        expect(service.diagnose(uri)).toEqual(fresh.diagnose(uri));
        expect(service.symbols(uri)).toEqual(fresh.symbols(uri));
      }
    }),
    { numRuns: 400 },
  );
}, 120_000);
