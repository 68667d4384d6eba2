// Runs a command of the command line in this process and keeps what it prints.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { UsageError, type CliCommand } from '../../server/src/cli/cli-command.ts';

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** 2 with the message on stderr when the command line was wrong, as main.ts does it. */
  readonly code: number;
}

export async function run(command: CliCommand, ...args: readonly string[]): Promise<Ran> {
  const said = { log: '', error: '' };
  for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockImplementation((text: string) => void (said[way] += `${text}\n`));
  try {
    const code = await command.run(args).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      console.error(`drydock: ${error.message}`);
      return 2;
    });
    return { stdout: said.log, stderr: said.error, code };
  } finally {
    vi.restoreAllMocks();
  }
}

/** A folder with these files that is gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

export const deployment = (name: string, image = 'nginx:1.25', replicas = 2, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}${more}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: web, image: '${image}'}]}
`;

/** A CustomResourceDefinition of the kind Boat in sea.example.com/v1, with `spec.size` of at most 3. */
export const boats = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.sea.example.com }
spec:
  group: sea.example.com
  scope: Namespaced
  names: { plural: boats, kind: Boat }
  versions:
  - name: v1
    served: true
    storage: true
    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer, maximum: 3 } } } } } }
`;

export const boat = (name: string, size: number): string =>
  `apiVersion: sea.example.com/v1\nkind: Boat\nmetadata: { name: ${name} }\nspec: { size: ${size} }\n`;
