// The settings that the server needs, as package.json declares them under `drydock.`.
// The client sends them as initializationOptions and again, whole, with workspace/didChangeConfiguration ({ settings: Settings }).

export interface Settings {
  /** Saving a file applies it. */
  readonly applyOnSave: boolean;
  /** Worker nodes of a new cluster; a running cluster gains or loses nodes at the end of the list. */
  readonly nodes: number;
  /** Virtual seconds per second of wall clock; 'max' is as fast as it goes. */
  readonly speed: number | 'max';
  readonly limits: Limits;
}

/** What is refused beyond these is refused with a message that names the setting and its value. */
export interface Limits {
  /** `drydock.limits.fileSize`, in kilobytes of 1,024 bytes. */
  readonly fileSize: number;
  /** `drydock.limits.pods`: pods in the cluster at once. */
  readonly pods: number;
  /** `drydock.limits.aliases`: nodes that the aliases of one YAML document may stand for. */
  readonly aliases: number;
}

export const defaultSettings: Settings = { applyOnSave: true, nodes: 3, speed: 1, limits: { fileSize: 10_240, pods: 20_000, aliases: 10_000 } };
