// workspace/didChangeConfiguration and shutdown.
import type { Settings } from '../../protocol/settings.ts';
import type { Session } from '../session.ts';

export function registerConfiguration(session: Session): void {
  session.connection.onDidChangeConfiguration(({ settings }) => void session.configure({ ...session.settings, ...(settings as Partial<Settings>) }));
  session.connection.onShutdown(() => session.cluster.stop());
}
