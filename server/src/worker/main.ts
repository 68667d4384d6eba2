// The worker thread's entry: messages in, messages out. Settings come with workerData.
import { parentPort, workerData } from 'node:worker_threads';
import { ClusterHost } from './cluster-host.ts';
import type { ClusterSettings, FromWorker, RequestMessage } from './messages.ts';

const port = parentPort!;
const send = (message: FromWorker) => port.postMessage(message);
const clock = { now: () => performance.now(), setTimeout, clearTimeout };
const host = new ClusterHost(workerData as ClusterSettings, clock as never, (notify, params) => send({ notify, params }));

port.on('message', ({ id, method, params }: RequestMessage) => {
  host.answer(method, params as never).then(
    (result) => send({ id, result }),
    (error: unknown) => send({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
