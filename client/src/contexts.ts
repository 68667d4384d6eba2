// What `when` clauses and the walkthrough know: is time paused, was something launched, does something stall.
import type { Disposable } from 'vscode';
import { commands } from 'vscode';
import type { Cluster } from './cluster.ts';

export function keepContexts(cluster: Cluster): Disposable {
  const shown = new Map<string, boolean>();
  return cluster.onChange(() => {
    const { time, mirror } = cluster;
    const now = { paused: time.paused, launched: mirror.totals.pods > 0, stalled: mirror.totals.stalled > 0 };
    for (const [name, value] of Object.entries(now)) {
      if (shown.get(name) !== value) void commands.executeCommand('setContext', `drydock.${name}`, value);
      shown.set(name, value);
    }
  });
}
