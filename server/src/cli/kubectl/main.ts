// The built-in kubectl as a program of its own, for terminals without a kubectl: it talks to the cluster that KUBECONFIG names.
import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, workerData, type MessagePort } from 'node:worker_threads';
import { readAccess } from '../../apiserver/kubeconfig.ts';
import { kubectl } from '../../kubectl/kubectl.ts';
import { Activity } from './activity.ts';
import { answerCalls } from './caller.ts';
import { Connection, Unreachable, type CallerData } from './connection.ts';
import { environmentOf } from './environment.ts';

/** How long a command that waits lets pass before it looks again, when nothing comes in. */
const lookAgainMs = 100;

async function main(args: readonly string[]): Promise<number> {
  const file = kubeconfigFile(args);
  const text = readKubeconfigFile(file);
  const access = text === undefined ? undefined : readAccess(text);
  if (!access) {
    process.stderr.write(`error: ${file} does not say how to reach a cluster: "Drydock: Open Terminal" in the editor, or "drydock serve --kubeconfig FILE"\n`);
    return 1;
  }
  const connection = new Connection(new URL(import.meta.url), access);
  const kubeconfig = { read: () => readKubeconfigFile(file), write: (changed: string) => writeFileSync(file, changed, { mode: 0o600 }) };
  const activity = new Activity();
  const running = kubectl(args, environmentOf(connection, access, activity, kubeconfig));
  try {
    for (let step = running.next(); ; step = running.next()) {
      if (step.done) return step.value;
      await activity.wait(lookAgainMs);
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** --kubeconfig, $KUBECONFIG, or the one in the home folder. */
function kubeconfigFile(args: readonly string[]): string {
  const at = args.findIndex((argument) => argument === '--kubeconfig' || argument.startsWith('--kubeconfig='));
  const given = at < 0 ? undefined : (args[at]!.split('=')[1] ?? args[at + 1]);
  return given || process.env['KUBECONFIG'] || join(homedir(), '.kube', 'config');
}

function readKubeconfigFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

if (isMainThread) {
  // Whoever reads the output may have had enough of it.
  process.stdout.on('error', () => process.exit(0));
  const code = await main(process.argv.slice(2));
  // What was printed has to leave first.
  process.stdout.write('', () => process.exit(code));
} else {
  const { port, ...data } = workerData as CallerData & { readonly port: MessagePort };
  answerCalls(port, data);
}
