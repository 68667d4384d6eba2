// The only source of randomness inside the cluster. Same seed, same draws in the same order.
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

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
    // Texts that are joined by + stay trees of their parts, five times as big; there is one of these for every object and event.
    uuidParts[0] = hex(a >>> 16);
    uuidParts[1] = hex(a & 0xffff);
    uuidParts[3] = hex(b >>> 16);
    uuidParts[5] = hex((b & 0x0fff) | 0x4000);
    uuidParts[7] = hex(((c >>> 16) & 0x3fff) | 0x8000);
    uuidParts[9] = hex(c & 0xffff);
    uuidParts[10] = hex(d >>> 16);
    uuidParts[11] = hex(d & 0xffff);
    return uuidParts.join('');
  }
}

const uuidParts = ['', '', '-', '', '-', '', '-', '', '-', '', '', ''];
const fourDigits = Array.from({ length: 0x10000 }, (_, bits) => bits.toString(16).padStart(4, '0'));
const hex = (bits: number): string => fourDigits[bits]!;
