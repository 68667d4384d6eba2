// The only source of randomness inside the cluster. Same seed, same draws in the same order.
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Kubernetes' alphabet for generated suffixes (apimachinery util/rand): no vowels, no look-alikes. */
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

const warmUp = 32;

export class Random {
  readonly #generator: RandomGenerator;

  constructor(seed: number | Random) {
    // The first draws of small seeds resemble each other, so they are thrown away.
    this.#generator = typeof seed === 'number' ? xoroshiro128plus(seed) : xoroshiro128plusFromState(seed.#generator.getState());
    if (typeof seed === 'number') for (let i = 0; i < warmUp; i++) this.#generator.next();
  }

  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number {
    return uniformInt(this.#generator, 0, below - 1);
  }

  /** The random ending of a generated name: 5 characters unless told otherwise. */
  suffix(length = 5): string {
    let text = '';
    for (let i = 0; i < length; i++) text += suffixAlphabet[this.int(suffixAlphabet.length)];
    return text;
  }

  /** A version 4 UUID in its usual text form. */
  uuid(): string {
    const word = () => this.int(0x1_0000_0000).toString(16).padStart(8, '0');
    const hex = word() + word() + word() + word();
    const variant = '89ab'[this.int(4)];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}
