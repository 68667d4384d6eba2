// Virtual time: stop it, step it, change its pace.
import { window } from 'vscode';
import type { TimeCommand } from '../../../server/src/protocol/methods.ts';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';
import { speedWords } from '../words/clock.ts';
import type { CommandTable } from './commands.ts';

const speeds = [0.1, 0.5, 1, 2, 5, 10, 100, 1000, 'max'] as const;

export function timeCommands(cluster: Cluster, server: Server): CommandTable {
  const { t } = cluster;
  const tell = async (command: TimeCommand): Promise<void> => void (await server.request('drydock/time', command));
  const chooseSpeed = async (): Promise<void> => {
    const items = speeds.map((speed) => ({ label: speedWords(t, speed), ...(speed === cluster.time.speed && { description: t('now') }), speed }));
    const chosen = await window.showQuickPick(items, { title: t('Set Speed of Time'), placeHolder: t('Virtual seconds per second') });
    if (chosen) await tell({ do: 'speed', speed: chosen.speed });
  };
  return {
    'drydock.pauseTime': () => tell({ do: 'pause' }),
    'drydock.resumeTime': () => tell({ do: 'resume' }),
    'drydock.toggleTime': () => tell({ do: cluster.time.paused ? 'resume' : 'pause' }),
    'drydock.stepTime': () => tell({ do: 'step' }),
    'drydock.settleTime': () => tell({ do: 'settle' }),
    'drydock.setSpeed': chooseSpeed,
    'drydock.time': async () => {
      const { paused, speed } = cluster.time;
      const items = [
        paused
          ? { label: `$(debug-continue) ${t('Continue Time')}`, run: () => tell({ do: 'resume' }) }
          : { label: `$(debug-pause) ${t('Pause Time')}`, run: () => tell({ do: 'pause' }) },
        { label: `$(debug-step-over) ${t('Step Time')}`, description: t('to the next thing that happens'), run: () => tell({ do: 'step' }) },
        { label: `$(debug-stop) ${t('Run Until Settled')}`, description: t('until nothing has changed for 3 s'), run: () => tell({ do: 'settle' }) },
        { label: `$(dashboard) ${t('Set Speed of Time…')}`, description: speedWords(t, speed), run: chooseSpeed },
      ];
      await (await window.showQuickPick(items, { title: t('Virtual Time') }))?.run();
    },
  };
}
