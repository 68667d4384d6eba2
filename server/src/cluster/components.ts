// Everything that acts in the cluster, in the order in which it sees commits. A new controller is one line here.
import { deploymentController } from './controllers/deployment/controller.ts';
import { garbageCollector } from './controllers/garbage-collector/garbage-collector.ts';
import { namespaceController } from './controllers/namespace/deletion.ts';
import { rootCaController } from './controllers/namespace/root-ca.ts';
import { serviceAccountController } from './controllers/namespace/service-account.ts';
import { replicaSetController } from './controllers/replicaset/controller.ts';
import { run } from './runtime/controller.ts';
import type { Component, ComponentFactory, Surroundings } from './runtime/component.ts';

const factories: readonly ComponentFactory[] = [
  garbageCollector,
  namespaceController,
  serviceAccountController,
  rootCaController,
  run(deploymentController),
  run(replicaSetController),
];

export const components = (surroundings: Surroundings): readonly Component[] => factories.map((make) => make(surroundings));
