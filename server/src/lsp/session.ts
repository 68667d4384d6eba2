// What the handlers share: the connection, the language service, the cluster's thread, the settings.
import type { Connection } from 'vscode-languageserver';
import { LanguageService } from '../language/language.ts';
import type { Notifications } from '../protocol/methods.ts';
import type { Settings } from '../protocol/settings.ts';
import { ClusterThread } from '../worker/cluster-thread.ts';
import type { ClusterSettings, WorkerNotifications } from '../worker/messages.ts';
import { DiagnosticsBoard } from './diagnostics-board.ts';

const forwarded: { readonly [M in keyof WorkerNotifications]: keyof Notifications } = {
  clusterChanged: 'drydock/clusterChanged',
  rolloutChanged: 'drydock/rolloutChanged',
};

export class Session {
  readonly connection: Connection;
  readonly language: LanguageService;
  readonly cluster: ClusterThread;
  readonly board: DiagnosticsBoard;
  settings: Settings;

  constructor(connection: Connection, workerScript: URL, settings: Settings) {
    this.connection = connection;
    this.settings = settings;
    const { fileSize, aliases, pods } = settings.limits;
    this.language = new LanguageService({ fileSize, aliases, pods });
    this.board = new DiagnosticsBoard(connection, this.language);
    this.cluster = new ClusterThread(workerScript, clusterSettings(settings), {
      notified: (method, params) => void connection.sendNotification(forwarded[method], params),
      died: (why) => connection.window.showErrorMessage(why),
    });
  }

  /** Limits of the language service hold from the next start of the server. */
  configure(settings: Settings): Promise<void> {
    this.settings = settings;
    return this.cluster.configure(clusterSettings(settings));
  }
}

const clusterSettings = ({ nodes, speed, limits }: Settings): ClusterSettings => ({ nodes, speed, podLimit: limits.pods });
