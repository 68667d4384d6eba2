// Keystroke → diagnostics, measured. A keystroke is one character typed or deleted at a random place; the time covers the edit and all
// diagnostics of the file.
import { LanguageService } from '../../language/language.ts';
import type { TextChange } from '../../manifest/text.ts';

export interface Latencies {
  readonly lines: number;
  readonly openMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** Somebody who types in a file; the sequence of keystrokes is the same every time. */
export class Typist {
  readonly openMs: number;
  readonly #service = new LanguageService();
  readonly #rows: readonly string[];
  readonly #next = random(1);
  readonly #times: number[] = [];
  #undo: TextChange | undefined;

  constructor(lines: number) {
    const started = performance.now();
    this.#service.open(uri, benchText(lines));
    this.#service.diagnose(uri);
    this.openMs = performance.now() - started;
    this.#rows = (this.#service.text(uri) ?? '').split('\n');
  }

  /** Types a character, or deletes the one typed last. `pressedAt`: when the key went down, on performance.now's clock. */
  stroke(pressedAt = performance.now()): void {
    const typed = this.#undo ?? typeAt(this.#rows, this.#next);
    this.#service.change(uri, [typed]);
    this.#service.diagnose(uri);
    this.#times.push(performance.now() - pressedAt);
    this.#undo = this.#undo ? undefined : deletionOf(typed);
  }

  get latencies(): Latencies {
    const times = this.#times.toSorted((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
    return { lines: this.#rows.length, openMs: this.openMs, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
  }
}

const uri = 'file:///bench.yaml';

export function measureDiagnostics(lines: number, keystrokes: number): Latencies {
  const typist = new Typist(lines);
  for (let stroke = 0; stroke < keystrokes; stroke++) typist.stroke();
  return typist.latencies;
}

/** A file of Deployments, Services and ConfigMaps with a mistake here and there, about this many lines long. */
function benchText(lines: number): string {
  const documents: string[] = [];
  for (let count = 0, index = 0; count < lines; index++) {
    const text = index % 3 === 0 ? deployment(index) : index % 3 === 1 ? service(index) : configMap(index);
    documents.push(text);
    count += text.split('\n').length;
  }
  return documents.join('---\n');
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
