// A cluster with pods that run, and what they say.
import { expect } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import { textOf } from '../../../server/src/cluster/containers/bytes.ts';
import type { LogReading } from '../../../server/src/cluster/containers/log/log-reading.ts';
import type { LogOptions } from '../../../server/src/cluster/containers/log/options.ts';
import type { Process } from '../../../server/src/cluster/containers/process.ts';
import { isStatus } from '../../../server/src/kube/status.ts';

interface Draft {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly container?: object;
  readonly spec?: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

export class Harbour {
  readonly cluster: Cluster;

  constructor(cluster = new Cluster({ freeze: true })) {
    this.cluster = cluster;
  }

  create(group: string, resource: string, kind: string, name: string, rest: object): this {
    const body = { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name }, ...rest };
    const { code, body: answer } = this.cluster.request({ verb: 'create', group, resource, namespace: 'default', body });
    expect(code, JSON.stringify(answer)).toBe(201);
    return this;
  }

  /** A pod that has been ready for a moment. Its container is named c. */
  pod(name: string, { image = 'busybox', command, container = {}, spec = {}, annotations = {} }: Draft = {}): this {
    const containers = [{ name: 'c', image, ...(command && { command }), ...container }];
    this.create('', 'pods', 'Pod', name, { metadata: { name, labels: { app: name }, annotations }, spec: { containers, ...spec } });
    this.cluster.advance(2_000);
    return this;
  }

  service(name: string, port: number, targetPort: number | string = port): this {
    return this.create('', 'services', 'Service', name, { spec: { selector: { app: name }, ports: [{ port, targetPort }] } });
  }

  open(pod: string, options: LogOptions = {}): LogReading {
    const reading = this.cluster.containers.log({ namespace: 'default', pod }, options);
    if (isStatus(reading)) throw new Error(reading.message);
    return reading;
  }

  log(pod: string, options: LogOptions = {}): string {
    return textOf(this.open(pod, options).read());
  }

  refusal(pod: string, options: LogOptions = {}): string {
    const answer = this.cluster.containers.log({ namespace: 'default', pod }, options);
    return isStatus(answer) ? `${answer.code} ${answer.message}` : 'not refused';
  }

  start(pod: string, command: readonly string[], stdin = false): Process {
    const process = this.cluster.containers.exec({ namespace: 'default', pod }, { command, stdin });
    if (isStatus(process)) throw new Error(process.message);
    if ('startError' in process) throw new Error(process.startError);
    return process as Process;
  }

  /** Runs to the end, while virtual time passes as it must. */
  run(pod: string, command: readonly string[], stdin?: string): { readonly out: string; readonly err: string; readonly code: number | undefined } {
    const process = this.start(pod, command, stdin !== undefined);
    if (stdin !== undefined) {
      process.write(stdin);
      process.endInput();
    }
    let [out, err] = ['', ''];
    for (let turns = 0; turns < 10_000; turns++) {
      const { stdout, stderr } = process.advance(this.cluster.agenda.now);
      out += stdout;
      err += stderr;
      if (process.exitCode !== undefined || process.wakeAt === undefined || !Number.isFinite(process.wakeAt)) break;
      this.cluster.advanceTo(process.wakeAt);
    }
    return { out: textOf(out), err: textOf(err), code: process.exitCode };
  }

  /** What a script prints, when it ends well. */
  sh(pod: string, script: string): string {
    const { out, err, code } = this.run(pod, ['sh', '-c', script]);
    expect([err, code], script).toEqual(['', 0]);
    return out;
  }
}
