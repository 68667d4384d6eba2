// The only source of randomness inside the cluster. Same seed, same draws in the same order.
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { codesOf, textOf, writeHex } from '../../kube/hex-text.ts';

/** Kubernetes' alphabet for generated suffixes (apimachinery util/rand): no vowels, no look-alikes. */
const suffixAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

const warmUp = 32;

/** Where the generator stands. */
export type RandomState = readonly number[];

export class Random {
  readonly #generator: RandomGenerator;

  constructor(seed: number | RandomState) {
    // The first draws of small seeds resemble each other, so they are thrown away.
    this.#generator = typeof seed === 'number' ? xoroshiro128plus(seed) : xoroshiro128plusFromState(seed);
    if (typeof seed === 'number') for (let i = 0; i < warmUp; i++) this.#generator.next();
  }

  snapshot(): RandomState {
    return this.#generator.getState();
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
    const a = this.#generator.next();
    const b = this.#generator.next();
    const c = this.#generator.next();
    const d = this.#generator.next();
    writeHex(uuidCodes, 0, a, 8);
    writeHex(uuidCodes, 9, b >>> 16, 4);
    writeHex(uuidCodes, 14, (b & 0x0fff) | 0x4000, 4);
    writeHex(uuidCodes, 19, ((c >>> 16) & 0x3fff) | 0x8000, 4);
    writeHex(uuidCodes, 24, c, 4);
    writeHex(uuidCodes, 28, d, 8);
    return textOf(uuidCodes);
  }
}

const uuidCodes = codesOf('00000000-0000-0000-0000-000000000000');
