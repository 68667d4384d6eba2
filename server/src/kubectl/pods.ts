// What runs in the pods, as commands reach it. The cluster's own `Containers` is one; a connection to an API server is another.
//
// Whoever is far away may learn only later that it cannot be had: then `problem` says why, and nothing more comes.
import type { Bytes } from '../cluster/containers/bytes.ts';
import type { PodPlace } from '../cluster/containers/choose-container.ts';
import type { ExecOptions, StartFailure } from '../cluster/containers/containers.ts';
import type { LogOptions } from '../cluster/containers/log/options.ts';
import type { Status } from '../kube/status.ts';

export interface PodAccess {
  log(place: PodPlace, options: LogOptions): Reading | Status;
  exec(place: PodPlace, options: ExecOptions): Running | StartFailure | Status;
  /** A container whose main program takes no input is only read. */
  attach(place: PodPlace, options: Omit<ExecOptions, 'command'>): Running | Reading | StartFailure | Status;
}

/** A log as it is read. */
export interface Reading {
  /** What has come since the last time. */
  read(): Bytes;
  readonly isOver: boolean;
  /** When there may be more without anybody doing anything, in virtual milliseconds since 1970. */
  readonly wakeAt: number | undefined;
  readonly problem?: Status | undefined;
}

/** A program in a container. */
export interface Running {
  write(bytes: Bytes): void;
  endInput(): void;
  /** Goes on as far as it can, and returns what it has written since. */
  advance(now: number): { readonly stdout: Bytes; readonly stderr: Bytes };
  kill(): void;
  readonly exitCode: number | undefined;
  readonly wakeAt: number | undefined;
  readonly problem?: Status | undefined;
}

/** Standard input while a command runs. */
export interface Input {
  /** Somebody types it. */
  readonly isTerminal: boolean;
  /** What has come since the last time. */
  read(): Bytes;
  /** Nothing more will come. */
  readonly isOver: boolean;
  /** Every key is passed on as it is typed, until `close`. */
  raw(): void;
  close(): void;
}

export interface PortPair {
  /** 0: any that is free. */
  readonly local: number;
  readonly remote: number;
}

/** Connections to ports of this machine that end at ports of a pod. */
export interface Forwarding {
  /** Lines since the last time: what is listened on, what comes in, what goes wrong. */
  read(): { readonly stdout: string; readonly stderr: string };
  /** Why it ended. */
  readonly problem: string | undefined;
}
