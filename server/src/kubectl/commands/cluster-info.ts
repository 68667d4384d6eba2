// kubectl cluster-info: where the cluster is.
import { command, type Outcome } from '../command.ts';
import { contextOf, readKubeconfig } from '../kubeconfig.ts';

export const clusterInfo = command({}, (session): Outcome => {
  const config = readKubeconfig(session.environment.kubeconfig.read());
  const cluster = contextOf(config)?.cluster;
  const server = config.clusters?.find(({ name }) => name === cluster)?.cluster?.server ?? '';
  session.print(`Kubernetes control plane is running at ${server}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.`);
  return undefined;
});
