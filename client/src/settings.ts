import { workspace } from 'vscode';
import type { Settings } from '../../server/src/protocol/settings.ts';
import { defaultSettings } from '../../server/src/protocol/settings.ts';

/** The settings under `drydock.` that the server needs. */
export function readSettings(): Settings {
  const section = workspace.getConfiguration('drydock');
  const { limits } = defaultSettings;
  return {
    applyOnSave: section.get('applyOnSave', defaultSettings.applyOnSave),
    nodes: section.get('nodes', defaultSettings.nodes),
    speed: parseSpeed(section.get('speed')),
    limits: {
      fileSize: section.get('limits.fileSize', limits.fileSize),
      pods: section.get('limits.pods', limits.pods),
      aliases: section.get('limits.aliases', limits.aliases),
    },
  };
}

/** The setting is one of a list of texts; a number written by hand is understood as well. */
function parseSpeed(value: unknown): Settings['speed'] {
  if (value === 'max') return 'max';
  const speed = Number(value);
  return speed > 0 && speed <= 1000 ? speed : defaultSettings.speed;
}
