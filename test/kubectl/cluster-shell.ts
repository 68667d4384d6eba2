// A cluster and a client on it, for tests that say commands and what they print.
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { conduct, type CommandContext, type Result } from '../../server/src/cli/play/conductor.ts';
import { localKubeconfig } from '../../server/src/kubectl/kubeconfig.ts';
import { plainWords } from '../../server/src/cli/play/plain-words.ts';

export class ClusterShell {
  readonly cluster = new Cluster({ freeze: true });
  /** Text by path; '/' ends a folder's name. */
  readonly files: Record<string, string>;
  stdin = '';
  #kubeconfig = localKubeconfig();

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.files = { ...files };
  }

  /** Runs a line as one would type it, without a shell's tricks; at most `limitMs` of virtual time. */
  run(line: string, { limitMs = 60_000, ...editor }: { readonly limitMs?: number } & Pick<CommandContext, 'edit' | 'keep'> = {}): Result {
    const words = plainWords(line);
    if (words?.[0] !== 'kubectl') throw new Error(`not a plain kubectl line: ${line}`);
    return conduct(this.cluster, words.slice(1), {
      files: {
        read: (path) => (path in this.files ? { text: this.files[path]! } : { missing: true }),
        save: (path, bytes) => {
          if (bytes !== undefined) this.files[path] = bytes;
          return undefined;
        },
        list: (path) => {
          const folder = `${path.replace(/\/$/, '')}/`;
          const inside = Object.keys(this.files).filter((file) => file.startsWith(folder));
          return inside.length === 0 ? undefined : [...new Set(inside.map((file) => file.slice(folder.length).split('/')[0]!))];
        },
      },
      kubeconfig: { read: () => this.#kubeconfig, write: (text) => (this.#kubeconfig = text) },
      stdin: () => this.stdin,
      ...editor,
      until: this.cluster.agenda.now + limitMs,
    });
  }

  /** stdout of a line that must succeed. */
  ok(line: string): string {
    const { stdout, stderr, code } = this.run(line);
    if (code !== 0) throw new Error(`${line}: ${stderr}`);
    return stdout;
  }

  /** stderr of a line that must fail with 1. */
  fails(line: string): string {
    const { stderr, code } = this.run(line);
    if (code !== 1) throw new Error(`${line} ended with ${code}`);
    return stderr;
  }
}

export const deployment = (name: string, image = 'nginx:1.25', replicas = 2): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: web, image: '${image}'}]}
`;
