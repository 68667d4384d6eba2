// What runs in the pods, from outside: logs, commands, connections. The HTTP front and the built-in kubectl both come through here.
//
// Invariants: a bad request is answered with a Status, never thrown; the same calls at the same virtual moments give the same bytes.
import { objectKey } from '../../kube/resource.ts';
import { parseTime } from '../../kube/time.ts';
import { isStatus, type Status } from '../../kube/status.ts';
import type { Container, Pod } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';
import { badRequest } from '../registry/answers.ts';
import { textOf, utf8 } from './bytes.ts';
import { chooseContainer, chooseRunning, instanceOf, noHost, podAt, type Chosen, type Instance, type PodPlace } from './choose-container.ts';
import { environmentOf, withReferences } from './environment.ts';
import { FileSystem } from './files/file-system.ts';
import { imageVolume } from './files/image-files.ts';
import { mountsOf } from './files/mounts.ts';
import { Disk, DiskVolume } from './files/volume.ts';
import { imageFacts } from './images.ts';
import { LogReading, type LogOptions } from './log/log-reading.ts';
import { logProblem } from './log/options.ts';
import { newOutput, type Output, type Visit } from './log/output.ts';
import type { Machine } from './machine.ts';
import { answerOf, listenerOf, Network, type HttpAnswer, type HttpCall } from './network.ts';
import { newStreams, Process } from './process.ts';
import { programNames, programOf } from './commands/index.ts';
import { respond, visitLine } from './respond.ts';
import { newShell } from './shell/run.ts';
import { shellProgram } from './shell/shell-program.ts';
import { Terminal } from './terminal.ts';

export interface ExecOptions {
  /** Empty: the only one. */
  readonly container?: string;
  readonly command: readonly string[];
  readonly stdin?: boolean;
  readonly tty?: boolean;
}

/** A command that could not be started. */
export interface StartFailure {
  readonly startError: string;
}

/** Disks that are kept; the oldest go first when there are more. */
const mostDisks = 2_000;
const mostVisits = 1_000;
/** Steps of a script that are played for its log: what it would do after that is not shown. */
const mostLogSteps = 200_000;

/** What happened in containers, as data. */
export interface ContainersState {
  /** What programs have written to each disk; undefined: removed. */
  readonly disks: ReadonlyMap<string, Disk['entries']>;
  readonly visits: ReadonlyMap<string, readonly Visit[]>;
  readonly exits: ReadonlyMap<string, number>;
  readonly turns: number;
}

const untouched: ContainersState = { disks: new Map(), visits: new Map(), exits: new Map(), turns: 0 };

export class Containers {
  readonly #reader: Reader;
  readonly #now: () => number;
  readonly #disks: Map<string, Disk>;
  /** What came in by HTTP, by container. */
  readonly #visits: Map<string, readonly Visit[]>;
  /** Main programs that have ended by themselves while somebody took part, by container. */
  readonly #exits: Map<string, number>;
  readonly #onExit: (podKey: string) => void;
  #turns: number;

  /** `onExit`: called with the key of a pod when a container of it has ended by itself. */
  constructor(reader: Reader, now: () => number, onExit: (podKey: string) => void, from: ContainersState = untouched) {
    this.#onExit = onExit;
    this.#exits = new Map(from.exits);
    this.#reader = reader;
    this.#now = now;
    this.#disks = new Map(Array.from(from.disks, ([key, entries]) => [key, new Disk(entries)]));
    this.#visits = new Map(from.visits);
    this.#turns = from.turns;
  }

  snapshot(): ContainersState {
    const disks = new Map(Array.from(this.#disks, ([key, { entries }]) => [key, new Map(entries)]));
    return { disks, visits: new Map(this.#visits), exits: new Map(this.#exits), turns: this.#turns };
  }

  /** A container's log: `read()` returns what there is, and later what has come since. */
  log(place: PodPlace, options: LogOptions): LogReading | Status {
    const problem = logProblem(place.pod, options);
    if (problem) return problem;
    const chosen = chooseContainer(this.#reader, place, options.container ?? '');
    if (isStatus(chosen)) return chosen;
    // A pod without a node has said nothing yet.
    if (!chosen.pod.spec.nodeName) return new LogReading(undefined, options, this.#now);
    const instance = instanceOf(chosen, options.previous ?? false);
    if (isStatus(instance)) return instance;
    return new LogReading(this.#output(chosen.pod, chosen.container, instance), options, this.#now, () => this.#endOf(place, chosen.container.name, instance));
  }

  /** Why a request to start something in a container is refused, be it running or not. */
  mayStart(place: PodPlace, container: string): Status | undefined {
    const chosen = chooseContainer(this.#reader, place, container);
    if (isStatus(chosen)) return chosen;
    return chosen.pod.spec.nodeName ? undefined : noHost(place.pod);
  }

  /** The same for a connection to its ports. */
  mayConnect(place: PodPlace): Status | undefined {
    const pod = podAt(this.#reader, place);
    if (isStatus(pod)) return pod;
    return pod.spec.nodeName ? undefined : noHost(place.pod);
  }

  /** What is answered when the container does not run now. */
  notRunning(place: PodPlace, container: string): Status | undefined {
    const chosen = chooseRunning(this.#reader, place, container);
    return isStatus(chosen) ? chosen : undefined;
  }

  /** Starts a command in a running container. */
  exec(place: PodPlace, { container = '', command, stdin = false, tty = false }: ExecOptions): Process | Terminal | StartFailure | Status {
    if (command.length === 0) return badRequest('you must specify at least 1 command for the container');
    const chosen = chooseRunning(this.#reader, place, container);
    if (isStatus(chosen)) return chosen;
    const machine = this.#machine(chosen.pod, chosen.container, parseTime(chosen.status?.state?.running?.startedAt) ?? 0, this.#now, tty);
    return this.#start(machine, command, stdin, tty, chosen.status?.containerID ?? '');
  }

  /** With which code a container's main program has ended by itself; undefined: it has not. */
  exitOf(containerId: string): number | undefined {
    return this.#exits.size === 0 ? undefined : this.#exits.get(containerId);
  }

  /**
   * Takes part in the main process of a running container. A shell that waits for input is given it (`kubectl run -it`); what any
   * other one writes from now on is shown.
   */
  attach(
    place: PodPlace,
    { container = '', stdin = false, tty = false }: Omit<ExecOptions, 'command'>,
  ): Process | Terminal | LogReading | StartFailure | Status {
    const chosen = chooseRunning(this.#reader, place, container);
    if (isStatus(chosen)) return chosen;
    const command = commandOf(chosen.container, imageFacts(chosen.container).command);
    if (stdin && chosen.container.stdin && isInteractiveShell(command)) return this.#mainShell(chosen, command, tty);
    const instance = instanceOf(chosen, false);
    if (isStatus(instance)) return instance;
    const output = this.#output(chosen.pod, chosen.container, instance, (code) => this.#ended(chosen.pod, instance.id, code));
    return new LogReading(output, { follow: true, tailLines: 0 }, this.#now, () => this.#endOf(place, chosen.container.name, instance));
  }

  /** The shell that is a container's main program: when it ends, so does the container. */
  #mainShell({ pod, container, status }: Chosen, command: readonly string[], tty: boolean): Process | Terminal | StartFailure {
    const id = status?.containerID ?? '';
    const machine = this.#machine(pod, container, parseTime(status?.state?.running?.startedAt) ?? 0, this.#now, tty);
    return this.#start(machine, command, true, tty, id, (code) => this.#ended(pod, id, code));
  }

  /** The main program of a container has ended by itself: so does the container. */
  #ended({ metadata }: Pod, containerId: string, code: number): void {
    this.#remember(this.#exits, containerId, code);
    this.#onExit(objectKey(metadata.namespace, metadata.name));
  }

  /** What the pod answers at a port, as its kubelet reaches it; undefined: nothing listens there. */
  http(place: PodPlace, port: number, call: HttpCall): HttpAnswer | undefined | Status {
    const pod = podAt(this.#reader, place);
    return isStatus(pod) ? pod : answerOf({ pod, port }, call, this.#respond);
  }

  /** Why no connection to a port of the pod can be made; undefined: it can. */
  connectProblem(place: PodPlace, port: number): 'not-running' | 'refused' | Status | undefined {
    const pod = podAt(this.#reader, place);
    if (isStatus(pod)) return pod;
    if (pod.status.phase !== 'Running') return 'not-running';
    return listenerOf({ pod, port }) ? undefined : 'refused';
  }

  readonly #respond = (pod: Pod, container: Container, port: number, call: HttpCall): HttpAnswer => {
    const status = pod.status.containerStatuses?.find(({ name }) => name === container.name);
    const machine = this.#machine(pod, container, parseTime(status?.state?.running?.startedAt) ?? 0, this.#now);
    const answer = respond(machine, pod, container, port, call);
    const line = visitLine(machine.image, call, answer, this.#now());
    const key = status?.containerID;
    if (key !== undefined && line !== undefined)
      this.#remember(this.#visits, key, [...(this.#visits.get(key) ?? []).slice(1 - mostVisits), { at: this.#now(), line }]);
    return answer;
  };

  #start(
    machine: Machine,
    command: readonly string[],
    stdin: boolean,
    tty: boolean,
    id: string,
    onExit?: (code: number) => void,
  ): Process | Terminal | StartFailure {
    const streams = newStreams();
    if (!stdin) streams.stdin.end();
    const [name = '', ...args] = command.map(utf8);
    const environment = tty ? new Map([...machine.environment, ['TERM', 'xterm']]) : machine.environment;
    const found = machine.program(name, machine.workingDirectory);
    if (typeof found !== 'function') return { startError: startError(id, textOf(name), found.isThere) };
    const call = { machine, name: name.slice(name.lastIndexOf('/') + 1), args, cwd: machine.workingDirectory, environment, ...streams };
    const isShell = call.name === 'sh' || call.name === 'bash' || call.name === 'ash';
    const program = isShell ? shellProgram(newShell({ ...machine, environment }, streams), args, tty) : found(call);
    const process = new Process(program, streams, onExit);
    return tty ? new Terminal(process) : process;
  }

  #output(pod: Pod, container: Container, instance: Instance, onExit?: (code: number) => void): Output {
    let at = parseTime(instance.startedAt) ?? 0;
    const streams = newStreams();
    const machine = { ...this.#machine(pod, container, at, () => at), mainStreams: streams, budget: { steps: mostLogSteps } };
    return newOutput({
      pod,
      container,
      instance,
      machine,
      streams,
      ...(onExit && { onExit }),
      setTime: (moment) => (at = moment),
      visits: (from) => (this.#visits.get(instance.id) ?? []).slice(from),
    });
  }

  /** When an instance that ran has ended since; undefined: it still runs. */
  #endOf(place: PodPlace, name: string, { id, finishedAt }: Instance): number | undefined {
    if (finishedAt !== undefined) return parseTime(finishedAt);
    const chosen = chooseContainer(this.#reader, place, name);
    if (isStatus(chosen)) return this.#now();
    const { state, lastState, containerID } = chosen.status ?? {};
    if (state?.running && containerID === id) return undefined;
    const ended = [state?.terminated, lastState?.terminated].find((one) => one?.containerID === id);
    return parseTime(ended?.finishedAt) ?? this.#now();
  }

  #machine(pod: Pod, container: Container, startedAt: number, now: () => number, interactive = false): Machine {
    const image = imageFacts(container);
    const hostname = pod.spec.hostNetwork ? (pod.spec.nodeName ?? '') : (pod.spec.hostname ?? pod.metadata.name).slice(0, 63);
    const { runAsUser = 0, runAsGroup = 0 } = { ...pod.spec.securityContext, ...container.securityContext };
    const fsGroup = pod.spec.securityContext?.fsGroup;
    const status = pod.status.containerStatuses?.find(({ name }) => name === container.name);
    const root = new DiskVolume(this.#disk(`${pod.metadata.uid}/${container.name}/${status?.restartCount ?? 0}`), imageVolume(pod, image, hostname, startedAt));
    const mounts = mountsOf(container, { reader: this.#reader, pod, at: startedAt, disk: (key) => this.#disk(key) });
    const readOnly = container.securityContext?.readOnlyRootFilesystem ?? false;
    const files = new FileSystem(
      [{ path: '/', volume: root, from: '', readOnly }, ...mounts],
      { names: programNames(image), folder: image.programs === 'busybox' ? '/bin' : '/usr/bin' },
      now,
    );
    const environment = environmentOf(this.#reader, pod, container, hostname);
    let drawn = startedAt % 2_147_483_647;
    return {
      hostname,
      environment,
      workingDirectory: container.workingDir ?? image.workingDirectory,
      shellName: interactive && image.shell === 'bash' ? 'bash' : 'sh',
      image: image.name,
      user: runAsUser,
      group: runAsGroup,
      groups: [runAsGroup, ...(fsGroup === undefined ? [] : [fsGroup])],
      files,
      network: new Network(this.#reader, pod, this.#respond, () => this.#turns++),
      mainCommand: commandOf(container, image.command)
        .map((word) => withReferences(word, environment))
        .join(' '),
      startedAt,
      program: (name, cwd) => programOf(files, name, cwd),
      now,
      random: () => (drawn = (drawn * 48_271 + 11) % 2_147_483_647),
    };
  }

  #disk(key: string): Disk {
    const disk = this.#disks.get(key) ?? new Disk();
    this.#remember(this.#disks, key, disk);
    return disk;
  }

  #remember<T>(map: Map<string, T>, key: string, value: T): void {
    map.set(key, value);
    if (map.size > mostDisks) map.delete(map.keys().next().value!);
  }
}

const commandOf = ({ command = [], args = [] }: Container, byImage: string): readonly string[] =>
  command.length + args.length > 0 ? [...command, ...args] : byImage.split(' ');

const isInteractiveShell = ([name = '', ...args]: readonly string[]) => /(?:^|\/)(?:sh|bash|ash)$/.test(name) && !args.includes('-c');

/** As containerd puts it. */
const startError = (id: string, name: string, isThere: boolean) =>
  `failed to exec in container: failed to start exec "${id.slice(-64)}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${
    isThere ? 'permission denied' : name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH'
  }: unknown`;
