// Wakes a command that waits as soon as something comes in.

export class Activity {
  #wake: (() => void) | undefined;
  #hasComeIn = false;

  readonly ring = (): void => {
    this.#hasComeIn = true;
    this.#wake?.();
  };

  /** Until something comes in that nobody has waited for yet, or the time is up. */
  async wait(ms: number): Promise<void> {
    if (!this.#hasComeIn) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#hasComeIn = false;
  }
}
