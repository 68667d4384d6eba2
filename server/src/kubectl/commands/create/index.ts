// kubectl create and its generators. A new one is a file and one line here.
import type { Command } from '../../command.ts';
import { createConfigMap } from './config-map.ts';
import { create } from './create.ts';
import { createCronJob } from './cron-job.ts';
import { createDeployment } from './deployment.ts';
import { createIngress } from './ingress.ts';
import { createJob } from './job.ts';
import { createNamespace } from './namespace.ts';
import { createPodDisruptionBudget } from './pod-disruption-budget.ts';
import { createPriorityClass } from './priority-class.ts';
import { createQuota } from './quota.ts';
import { createClusterRoleBinding, createRoleBinding } from './role-binding.ts';
import { createClusterRole, createRole } from './role.ts';
import { createSecretDockerRegistry, createSecretGeneric, createSecretTls } from './secret.ts';
import { createServiceAccount } from './service-account.ts';
import { createServiceClusterIp, createServiceExternalName, createServiceLoadBalancer, createServiceNodePort } from './service.ts';
import { createToken } from './token.ts';

export const createCommands: Readonly<Record<string, Command>> = {
  create,
  'create clusterrole': createClusterRole,
  'create clusterrolebinding': createClusterRoleBinding,
  'create configmap': createConfigMap,
  'create cronjob': createCronJob,
  'create deployment': createDeployment,
  'create ingress': createIngress,
  'create job': createJob,
  'create namespace': createNamespace,
  'create poddisruptionbudget': createPodDisruptionBudget,
  'create priorityclass': createPriorityClass,
  'create quota': createQuota,
  'create role': createRole,
  'create rolebinding': createRoleBinding,
  'create secret docker-registry': createSecretDockerRegistry,
  'create secret generic': createSecretGeneric,
  'create secret tls': createSecretTls,
  'create service clusterip': createServiceClusterIp,
  'create service externalname': createServiceExternalName,
  'create service loadbalancer': createServiceLoadBalancer,
  'create service nodeport': createServiceNodePort,
  'create serviceaccount': createServiceAccount,
  'create token': createToken,
};
