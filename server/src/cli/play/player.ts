// Plays a scenario on a fresh cluster with the built-in kubectl; nothing takes real time.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Cluster } from '../../cluster/cluster.ts';
import { localKubeconfig } from '../../kubectl/kubeconfig.ts';
import { filesIn } from '../local-files.ts';
import { conduct, timeIsUp, type Result } from './conductor.ts';
import { eventLines, normalise, type Names, type RecordedEvent } from './normalise.ts';
import { plainWords } from './plain-words.ts';
import { RolloutWatch } from './rollout-watch.ts';
import { milliseconds, type Scenario } from './scenario.ts';
import { installShims, runInShell, type Asked } from './shell.ts';

/** What a step printed, normalised. */
export interface Played {
  readonly step: string;
  readonly text: string;
}

// What the reference player's own work takes: `kubectl get deploy --no-headers` after an apply, a settle and two gets shows an
// age of six or seven seconds in the recordings. Pods are ready after one second and a settle waits for three; the rest is this.
/** Between two steps it asks the server for the names that it will replace. */
const betweenStepsMs = 300;
/** While it settles it looks at all objects about once a second, so it notices so much later that nothing changes any more. */
const settleLookMs = 1_000;
/** An editor has this much real time. */
const editLimitMs = 10_000;
/** The reference player gives a command this long. */
const stepLimitMs = 180_000;
/** … and a settle this long. */
const settleLimitMs = 120_000;

export async function playScenario(name: string, scenario: Scenario, seed = 1): Promise<readonly Played[]> {
  const player = new Player(name, scenario, seed);
  try {
    const played: Played[] = [];
    for (const step of scenario.steps) played.push({ step, text: (await player.step(step)).trim() });
    return played;
  } finally {
    player.close();
  }
}

/** Objects of these kinds have children with generated names. */
const owners = ['replicasets.apps', 'daemonsets.apps', 'jobs.batch', 'cronjobs.batch', 'replicationcontrollers', 'services'];

class Player {
  readonly #cluster: Cluster;
  readonly #folder: string;
  readonly #shims: string;
  readonly #namespace: string;
  readonly #owners = new Set<string>();
  readonly #watch: RolloutWatch;

  constructor(name: string, scenario: Scenario, seed: number) {
    this.#cluster = new Cluster({ seed });
    this.#namespace = `s-${name}`.slice(0, 40).replace(/-+$/, '');
    this.#folder = mkdtempSync(join(tmpdir(), 'drydock-play-'));
    this.#shims = join(this.#folder, '.bin');
    mkdirSync(this.#shims);
    installShims(this.#shims);
    for (const [file, text] of Object.entries(scenario.files)) {
      mkdirSync(dirname(join(this.#folder, file)), { recursive: true });
      writeFileSync(join(this.#folder, file), text);
    }
    writeFileSync(this.#kubeconfig, localKubeconfig(this.#namespace));
    this.#watch = new RolloutWatch(this.#cluster, this.#namespace);
    this.#kubectl(['create', 'namespace', this.#namespace], this.#folder, this.#cluster.agenda.now + stepLimitMs, () => '');
  }

  get #kubeconfig(): string {
    return join(this.#folder, 'config');
  }

  get #names(): Names {
    return { namespace: this.#namespace, owners: this.#owners };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Does a step and returns what it says, normalised. */
  async step(step: string): Promise<string> {
    const [command, argument = ''] = step.split(' ');
    switch (command) {
      case 'settle':
        this.#cluster.settle(milliseconds(argument) ?? 3_000, settleLimitMs);
        this.#cluster.advance(settleLookMs);
        return '';
      case 'sleep':
        this.#cluster.advance(milliseconds(argument) ?? 0);
        return '';
      case 'events':
        this.#remember();
        return eventLines(this.#inNamespace<RecordedEvent>('events'), this.#names);
      case 'bounds':
        return this.#watch.bounds(argument);
      case 'trace':
        this.#remember();
        return this.#watch.trace();
      default:
        return this.#run(step);
    }
  }

  async #run(step: string): Promise<string> {
    const until = this.#cluster.agenda.now + stepLimitMs;
    const words = plainWords(step);
    const { stdout, stderr, code } =
      words?.[0] === 'kubectl'
        ? this.#kubectl(words.slice(1), this.#folder, until, () => '')
        : await runInShell(step, {
            folder: this.#folder,
            shims: this.#shims,
            environment: { KUBECONFIG: this.#kubeconfig, TZ: 'UTC' },
            answer: (asked) => this.#answer(asked, until),
          });
    this.#remember();
    this.#cluster.advance(betweenStepsMs);
    // The reference player does not say that it has ended a command itself.
    const exit = code !== 0 && !(code === timeIsUp && this.#cluster.agenda.now >= until) ? `[exit ${code}]\n` : '';
    return normalise(stdout, this.#names) + (stderr === '' ? '' : normalise(stderr, this.#names).replace(/^(?=.)/gm, '! ')) + exit;
  }

  #answer({ name, args, folder, editor, until = Infinity, stdin }: Asked, stepEnds: number): Result {
    const ends = Math.min(until, stepEnds);
    const { agenda } = this.#cluster;
    switch (name) {
      case 'kubectl':
        return this.#kubectl(args, folder, ends, stdin, editor);
      case 'sleep': {
        this.#cluster.advanceTo(Math.min(ends, agenda.now + args.reduce((sum, arg) => sum + seconds(arg) * 1_000, 0)));
        return { stdout: '', stderr: '', code: agenda.now >= ends ? timeIsUp : 0 };
      }
      case 'until':
        return { stdout: `${Math.min(ends, agenda.now + seconds(args[0] ?? '') * 1_000)}\n`, stderr: '', code: 0 };
      default:
        return { stdout: '', stderr: '', code: agenda.now >= ends ? timeIsUp : 0 };
    }
  }

  #kubectl(args: readonly string[], folder: string, until: number, stdin: () => string, editor = 'vi'): Result {
    const kubeconfig = { read: () => readFileSync(this.#kubeconfig, 'utf8'), write: (text: string) => writeFileSync(this.#kubeconfig, text) };
    return conduct(this.#cluster, args, {
      files: filesIn(folder),
      kubeconfig,
      stdin,
      edit: (text, name) => edited(text, join(this.#shims, name), editor),
      until,
    });
  }

  /** Keeps the names that generated names begin with, also of objects that are gone by the end. */
  #remember(): void {
    for (const resource of owners) for (const { metadata } of this.#inNamespace<{ metadata: { name: string } }>(resource)) this.#owners.add(metadata.name);
  }

  #inNamespace<T>(resource: string): readonly T[] {
    const objects = [...this.#cluster.store.collection(resource).values()];
    return objects.filter(({ metadata }) => metadata.namespace === this.#namespace) as readonly unknown[] as readonly T[];
  }
}

/** '2', '0.5', '1m': as sleep(1) and timeout(1) take it. */
function seconds(text: string): number {
  const found = /^([\d.]+)([smhd]?)$/.exec(text);
  return found ? Number(found[1]) * { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 }[found[2] as 's']! : 0;
}

/** A text after an editor had it, as `sh -c "$EDITOR file"`. */
function edited(text: string, path: string, editor: string): { text: string } | { error: string } {
  writeFileSync(path, text);
  try {
    execFileSync('sh', ['-c', `${editor} ${path}`], { stdio: 'ignore', timeout: editLimitMs });
    return { text: readFileSync(path, 'utf8') };
  } catch {
    return { error: `there was a problem with the editor "${editor}"` };
  }
}
