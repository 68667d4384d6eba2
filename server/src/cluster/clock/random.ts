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
    const [a, b, c, d] = [this.#generator.next(), this.#generator.next(), this.#generator.next(), this.#generator.next()];
    return `${word(a)}-${half(b >>> 16)}-${half((b & 0x0fff) | 0x4000)}-${half(((c >>> 16) & 0x3fff) | 0x8000)}-${half(c & 0xffff)}${word(d)}`;
  }
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const half = (bits: number) => hex[bits >>> 8]! + hex[bits & 255]!;
const word = (bits: number) => half(bits >>> 16) + half(bits & 0xffff);
