// Keystroke → diagnostics, measured. A keystroke is one character typed or deleted at a random place; the time covers the edit and all diagnostics
// of the file. The budget stands in diagnostics.test.ts.
import type { TextChange } from '../../server/src/manifest/text.ts';
import { LanguageService } from '../../server/src/language/language.ts';

export interface Figures {
  readonly lines: number;
  readonly openMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

const uri = 'file:///bench.yaml';

/** A file of Deployments, Services and ConfigMaps with a mistake here and there, about this many lines long. */
export function benchText(lines: number): string {
  const documents: string[] = [];
  for (let count = 0, index = 0; count < lines; index++) {
    const text = index % 3 === 0 ? deployment(index) : index % 3 === 1 ? service(index) : configMap(index);
    documents.push(text);
    count += text.split('\n').length;
  }
  return documents.join('---\n');
}

/** Types and deletes `keystrokes` characters; the sequence is the same every time. */
export function measureDiagnostics(lines: number, keystrokes: number): Figures {
  const service = new LanguageService();
  const started = performance.now();
  service.open(uri, benchText(lines));
  service.diagnose(uri);
  const openMs = performance.now() - started;
  const rows = (service.text(uri) ?? '').split('\n');
  const next = random(1);
  const times: number[] = [];
  let undo: TextChange | undefined;
  for (let stroke = 0; stroke < keystrokes; stroke++) {
    const typed = undo ?? typeAt(rows, next);
    const before = performance.now();
    service.change(uri, [typed]);
    service.diagnose(uri);
    times.push(performance.now() - before);
    undo = undo ? undefined : deletionOf(typed);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { lines: rows.length, openMs, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

function typeAt(rows: readonly string[], next: () => number): TextChange {
  const line = Math.floor(next() * rows.length);
  const character = Math.floor(next() * ((rows[line]?.length ?? 0) + 1));
  const place = { line, character };
  return { range: { start: place, end: place }, text: 'abc 1:-"'[Math.floor(next() * 8)] ?? 'x' };
}

function deletionOf({ range }: TextChange): TextChange {
  const { line, character } = range?.start ?? { line: 0, character: 0 };
  return { range: { start: { line, character }, end: { line, character: character + 1 } }, text: '' };
}

/** A small generator with a fixed seed: figures should differ by the code alone. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const deployment = (index: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${index}
  labels: { app: web-${index} }
spec:
  replicas: ${index % 30 === 0 ? 'three' : 3}
  selector:
    matchLabels:
      app: web-${index}
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 25%
  template:
    metadata:
      labels:
        app: web-${index}
    spec:
      containers:
        - name: web
          image: nginx:1.25
          ports:
            - containerPort: 80
              name: http
          env:
            - name: MODE
              value: "production"
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /
              port: http
`;

const service = (index: number): string => `apiVersion: v1
kind: Service
metadata:
  name: web-${index}
spec:
  selector:
    app: web-${index}
  ports:
    - port: 80
      targetPort: http
`;

const configMap = (index: number): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${index}
data:
  mode: production
  settings.ini: |
    [main]
    level = info
    retries = ${index}
`;
