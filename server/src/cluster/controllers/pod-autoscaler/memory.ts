// What the controller remembers of an autoscaler between looks. Plain data, replaced and never changed.

export interface Recommendation {
  readonly replicas: number;
  readonly at: number;
}

/** A change of the size: by how many, above zero in both directions. */
export interface ScaleEvent {
  readonly change: number;
  readonly at: number;
}

export interface Memory {
  /** What the metrics asked for, as long as it may count. */
  readonly recommendations: readonly Recommendation[];
  readonly ups: readonly ScaleEvent[];
  readonly downs: readonly ScaleEvent[];
  /** The target's selector, once it is known. */
  readonly selector?: string;
}

export const nothingRemembered: Memory = { recommendations: [], ups: [], downs: [] };
