// What one file may ask of us. A limit that is a setting is named in its message with its value; the others stand for what no manifest needs.

export interface Limits {
  /** `drydock.limits.fileSize`, in kilobytes of 1,024 characters. A larger file is not read at all. */
  readonly fileSize: number;
  /** `drydock.limits.aliases`: values that the aliases of one document may stand for. A YAML bomb multiplies them. */
  readonly aliases: number;
  /** Documents of one file. */
  readonly documents: number;
  /** Collections within collections. */
  readonly depth: number;
  /** Values of one document as written, roughly: counted in tokens. */
  readonly values: number;
  /** Problems reported of one document; the first ones in the text. */
  readonly problems: number;
}

export const defaultLimits: Limits = { fileSize: 10_240, aliases: 10_000, documents: 20_000, depth: 100, values: 100_000, problems: 100 };

/** 5000000 → '5,000,000': numbers in messages are read by people. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
