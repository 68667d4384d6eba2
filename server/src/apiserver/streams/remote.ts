// The other end of a running command, whatever protocol it speaks.
import type { Status } from '../../kube/status.ts';

/** What the client sends. */
export interface RemoteEvents {
  onInput(bytes: Buffer): void;
  onInputEnd(): void;
  /** It has gone. */
  onClose(): void;
}

export interface Remote {
  send(channel: 'stdout' | 'stderr', bytes: Buffer): void;
  /** Says how it ended, and hangs up. */
  finish(status: Status): void;
  /** More is waiting to be sent than should be. */
  readonly isBlocked: boolean;
  /** Errors of its own end are said once more by the API server between a WebSocket and a kubelet. */
  readonly wrapsErrors: boolean;
}

/** Bytes that may wait for a slow client. */
export const patience = 1024 * 1024;

/** What a client of exec and attach asks for. */
export interface StreamOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}
