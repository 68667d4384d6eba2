// Everything that acts in the cluster, in the order in which it sees commits. A new controller is one line here.
// The scheduler and the kubelets come first: on a real cluster, too, a new pod has its node before its owner looks again.
import { clusterRoleAggregation } from './controllers/clusterrole-aggregation/controller.ts';
import { admissionPolicyStatus } from './controllers/admission-policies/status.ts';
import { customResourceDefinitions } from './controllers/custom-resources/definitions.ts';
import { daemonSetController } from './controllers/daemon-set/controller.ts';
import { deploymentController } from './controllers/deployment/controller.ts';
import { disruptionController } from './controllers/disruption/controller.ts';
import { staleDisruptionController } from './controllers/disruption/stale-condition.ts';
import { cronJobController } from './controllers/cron-job/controller.ts';
import { jobController } from './controllers/job/controller.ts';
import { jobOrphans } from './controllers/job/orphans.ts';
import { mirroringController } from './controllers/endpoints/mirroring.ts';
import { endpointsController } from './controllers/endpoints/controller.ts';
import { garbageCollector } from './controllers/garbage-collector/garbage-collector.ts';
import { namespaceController } from './controllers/namespace/deletion.ts';
import { rootCaController } from './controllers/namespace/root-ca.ts';
import { serviceAccountController } from './controllers/namespace/service-account.ts';
import { podAutoscaler } from './controllers/pod-autoscaler/controller.ts';
import { replicaSetController } from './controllers/replicaset/controller.ts';
import { replicationController } from './controllers/replication/controller.ts';
import { resourceQuotaController } from './controllers/resource-quota/controller.ts';
import { serviceCidrController } from './controllers/service-cidr/controller.ts';
import { claimProtection } from './controllers/storage-protection/claims.ts';
import { attributesClassProtection, volumeProtection } from './controllers/storage-protection/volumes.ts';
import { statefulSetController } from './controllers/stateful-set/controller.ts';
import { nodeLifecycle } from './controllers/node-lifecycle/node-lifecycle.ts';
import { serviceAccountTokens } from './controllers/service-account-tokens/controller.ts';
import { ttlAfterFinished } from './controllers/ttl-after-finished/controller.ts';
import { podGarbageCollector } from './controllers/node-lifecycle/pod-gc.ts';
import { taintEviction } from './controllers/node-lifecycle/taint-eviction.ts';
import { heartbeat } from './kubelet/heartbeat.ts';
import { kubelet } from './kubelet/kubelet.ts';
import { volumeController } from './controllers/persistent-volume/controller.ts';
import { run } from './runtime/controller.ts';
import type { Component, ComponentFactory, Surroundings } from './runtime/component.ts';
import { defaultScheduler } from './scheduler/default-scheduler.ts';

const factories: readonly ComponentFactory[] = [
  defaultScheduler,
  kubelet,
  garbageCollector,
  customResourceDefinitions,
  admissionPolicyStatus,
  namespaceController,
  serviceAccountController,
  rootCaController,
  serviceAccountTokens,
  run(clusterRoleAggregation),
  resourceQuotaController,
  run(deploymentController),
  run(replicaSetController),
  statefulSetController,
  run(volumeController),
  daemonSetController,
  run(replicationController),
  run(cronJobController),
  jobController,
  run(jobOrphans),
  run(ttlAfterFinished),
  endpointsController,
  run(mirroringController),
  run(serviceCidrController),
  podAutoscaler,
  disruptionController,
  staleDisruptionController,
  claimProtection,
  volumeProtection,
  attributesClassProtection,
  heartbeat,
  nodeLifecycle,
  taintEviction,
  podGarbageCollector,
];

export const components = (surroundings: Surroundings): readonly Component[] => factories.map((make) => make(surroundings));
