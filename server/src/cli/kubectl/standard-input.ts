// Standard input as it comes, for programs in containers.
import type { Input } from '../../kubectl/pods.ts';

export class StandardInput implements Input {
  readonly isTerminal = Boolean(process.stdin.isTTY);
  isOver = false;
  #unread = '';

  constructor(changed: () => void) {
    process.stdin.on('data', (bytes: Buffer) => {
      this.#unread += bytes.toString('latin1');
      changed();
    });
    const end = () => {
      this.isOver = true;
      changed();
    };
    process.stdin.on('end', end).on('error', end);
  }

  read(): string {
    const unread = this.#unread;
    this.#unread = '';
    return unread;
  }

  raw(): void {
    if (this.isTerminal) process.stdin.setRawMode(true);
  }

  close(): void {
    if (this.isTerminal) process.stdin.setRawMode(false);
    process.stdin.pause();
  }
}
