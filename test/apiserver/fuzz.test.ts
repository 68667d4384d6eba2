// Thousands of requests that mean nothing: every one is answered with a Status (or a page), none with our own mistake.
//
//     FUZZ_SECONDS=3600 FUZZ_SEED=7 npx vitest run test/apiserver/fuzz.test.ts
//
// goes on for an hour, and says how many there were and how much memory they took.
import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import type { Answer } from '../../server/src/apiserver/answer.ts';
import { Fuzzer } from './support/fuzzer.ts';
import { frontOf } from './support/front.ts';
import { heapInUse } from './support/heap.ts';

const requests = Number(process.env['DRYDOCK_FUZZ'] ?? 3_000);
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0);
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);
/** No request may take longer, however mean it is. Time of the CPU, so that what else the machine does counts for nothing. */
const mostMs = 2_000;

/** What a client would see at once: the answer, the last event, the beginning of the log, or what a command writes first. */
function drain(answer: Answer): { code: number; body: string | Buffer } {
  if ('upgrade' in answer) return { code: 101, body: answer.upgrade.kind === 'command' ? firstOutput(answer.upgrade) : '' };
  if ('log' in answer) return { code: 200, body: answer.log.read() };
  if (!('watch' in answer)) return answer;
  let body = '';
  for (let line = answer.watch.next(); line !== undefined; line = answer.watch.next()) body = line;
  return { code: 200, body };
}

function firstOutput(command: Extract<Extract<Answer, { upgrade: unknown }>['upgrade'], { kind: 'command' }>): string {
  const runner = command.check() ?? command.start();
  if (!('advance' in runner)) return JSON.stringify(runner);
  runner.write('ls /\nenv\n');
  runner.endInput();
  const { stdout } = runner.advance(0);
  runner.kill();
  return stdout;
}

const cpuMs = () => process.cpuUsage().user / 1_000;

/** How often each code was the answer. */
function play(seed: number, count: number): ReadonlyMap<number, number> {
  const front = frontOf(new Cluster({ seed }));
  const fuzzer = new Fuzzer(seed);
  const codes = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const asked = fuzzer.request();
    const about = `seed ${seed}, request ${i}: ${asked.method} ${asked.url} ${asked.contentType} ${asked.accept} ${JSON.stringify(asked.body.toString())}`;
    let answered: ReturnType<typeof drain>;
    const began = cpuMs();
    try {
      answered = drain(front.answer(asked.method, asked.url, asked));
      if (fuzzer.chance(50)) front.cluster.advance(1_000);
    } catch (error) {
      throw new Error(about, { cause: error });
    }
    const took = cpuMs() - began;
    if (took > mostMs) throw new Error(`${Math.round(took)} ms: ${about}`);
    codes.set(answered.code, (codes.get(answered.code) ?? 0) + 1);
    if (!(answered.code >= 100 && answered.code < 600)) throw new Error(`code ${answered.code}: ${about}`);
  }
  return codes;
}

const answered = new Set<number>();

test.each([1, 2, 3])(`[fuzz] seed %i: ${requests} requests, each answered`, (seed) => {
  for (const code of play(seed, requests).keys()) answered.add(code);
});

test('[fuzz] the fuzzer reaches past the front door: much is refused for many reasons, and something succeeds', () => {
  expect([...answered]).toEqual(expect.arrayContaining([101, 200, 201, 400, 404, 405, 406, 409, 415, 422]));
});

test.runIf(seconds > 0)(`[fuzz] ${seconds} s from seed ${firstSeed}`, { timeout: (seconds + 120) * 1_000 }, async () => {
  const perSeed = 10_000;
  const end = Date.now() + seconds * 1_000;
  const heaps: number[] = [];
  let seed = firstSeed;
  for (; Date.now() < end; seed++) {
    play(seed, perSeed);
    // The runner wants a word in between.
    await new Promise((resolve) => setImmediate(resolve));
    heaps.push(heapInUse() / 2 ** 20);
    console.log(`seed ${seed}: ${(seed - firstSeed + 1) * perSeed} requests in all, heap ${Math.round(heaps.at(-1)!)} MiB`);
  }
  // Flat: no more is left at the end than early on.
  const early = Math.max(...heaps.slice(0, 5));
  expect(Math.min(...heaps.slice(-5))).toBeLessThan(early * 1.25);
});
