// What one file may ask of us. Every limit is a setting, and the message that reports it carries its value.

export interface Limits {
  /** Length of a file in UTF-16 code units. A longer file is not read at all. */
  readonly fileLength: number;
  /** Documents of one file. */
  readonly documents: number;
  /** Collections within collections. */
  readonly depth: number;
  /** Values of one document after its aliases are expanded: what a YAML bomb multiplies. */
  readonly values: number;
  /** Problems reported of one document; the first ones in the text. */
  readonly problems: number;
}

export const defaultLimits: Limits = { fileLength: 5_000_000, documents: 10_000, depth: 100, values: 100_000, problems: 100 };

/** 5000000 → '5,000,000': numbers in messages are read by people. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
