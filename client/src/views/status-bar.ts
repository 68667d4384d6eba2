// Two entries: how the pods are, and what time it is for them.
import type { Disposable, StatusBarItem } from 'vscode';
import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';
import { readyPods } from '../words/numbers.ts';
import { clockTime, speedWords } from '../words/clock.ts';

export class StatusBar implements Disposable {
  readonly #cluster: Cluster;
  readonly #pods: StatusBarItem;
  readonly #time: StatusBarItem;
  readonly #subscriptions: Disposable[];
  /** Documents that the last save of each file could not apply. */
  readonly #refused = new Map<string, number>();

  constructor(cluster: Cluster, server: Server) {
    const { t } = cluster;
    this.#cluster = cluster;
    this.#pods = window.createStatusBarItem('drydock.pods', StatusBarAlignment.Left, 50);
    this.#pods.name = t('Drydock: Pods');
    this.#pods.command = 'drydock.cluster.focus';
    this.#time = window.createStatusBarItem('drydock.time', StatusBarAlignment.Left, 49);
    this.#time.name = t('Drydock: Virtual Time');
    this.#time.command = 'drydock.time';
    server.on('drydock/applied', ({ uri, refused }) => {
      if (refused === 0) this.#refused.delete(uri);
      else this.#refused.set(uri, refused);
      this.#show();
    });
    const clock = setInterval(() => this.#showTime(), 1000);
    this.#subscriptions = [this.#pods, this.#time, cluster.onChange(() => this.#show()), { dispose: () => clearInterval(clock) }];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(): void {
    const { t } = this.#cluster;
    const { pods, podsReady, podsFailing, stalled } = this.#cluster.mirror.totals;
    const starting = pods - podsReady - podsFailing;
    const refused = [...this.#refused.values()].reduce((sum, documents) => sum + documents, 0);
    const parts = [
      readyPods(t, podsReady),
      ...(podsFailing > 0 ? [t('{0} failing', podsFailing)] : []),
      ...(starting > 0 ? [t('{0} not ready', starting)] : []),
      ...(refused > 0 ? [refused === 1 ? t('1 document not applied') : t('{0} documents not applied', refused)] : []),
    ];
    this.#pods.text = `$(drydock-hull) ${parts.join(' · ')}`;
    this.#pods.tooltip = t('Show the cluster');
    this.#pods.backgroundColor = stalled > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#pods.show();
    this.#showTime();
  }

  #showTime(): void {
    const { t, time, now, mirror } = this.#cluster;
    if (mirror.timeAt === 0) return;
    const elapsed = clockTime(time.elapsedMs + now - time.now);
    this.#time.text = time.paused ? `$(debug-pause) ${elapsed}` : `${speedWords(t, time.speed)}  ${elapsed}`;
    this.#time.tooltip = time.paused ? t('Virtual time stands still. Click to change it.') : t('Virtual time since the cluster was made. Click to change it.');
    this.#time.show();
  }
}
