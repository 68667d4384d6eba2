// A command from a menu knows its row; one from the palette asks.
import { window } from 'vscode';
import type { DeploymentRow, ReplicaSetRow, WorkloadRow } from '../../../server/src/protocol/cluster-view.ts';
import type { Cluster } from '../cluster.ts';
import { rowWords } from '../views/row-words.ts';
import { revisionsOf } from '../views/rollouts-tree.ts';
import { age } from '../words/duration.ts';

/** The Deployment of a row, the only one, or the one that the user picks; undefined when there is none or nothing was picked. */
export async function chooseDeployment(
  cluster: Cluster,
  node: unknown,
  title: string,
  fits: (row: DeploymentRow) => boolean = () => true,
): Promise<DeploymentRow | undefined> {
  const given = deploymentOf(cluster, node);
  if (given) return given;
  const { t, now } = cluster;
  const fitting = cluster.deployments.filter(fits);
  if (fitting.length === 0) {
    void window.showInformationMessage(
      cluster.deployments.length === 0 ? t('There is no Deployment yet. Save a manifest to launch it.') : t('No Deployment is in a state for this.'),
    );
    return undefined;
  }
  if (fitting.length === 1) return fitting[0];
  const items = fitting.map((row) => ({
    label: row.name,
    description: rowWords(t, row, now).description,
    ...(row.namespace !== undefined && { detail: row.namespace }),
    row,
  }));
  return (await window.showQuickPick(items, { title, placeHolder: t('Which Deployment?') }))?.row;
}

/** The row that a menu was opened on, if it is a StatefulSet or one of its like. */
export function workloadOf(cluster: Cluster, node: unknown): WorkloadRow | undefined {
  const row = typeof node === 'string' ? cluster.row(node) : undefined;
  return row?.type === 'workload' ? row : undefined;
}

/** The Deployment itself, or the one that owns the ReplicaSet or pod. */
export function deploymentOf(cluster: Cluster, node: unknown): DeploymentRow | undefined {
  for (
    let row = typeof node === 'string' ? cluster.row(node) : undefined;
    row !== undefined;
    row = row.parent === undefined ? undefined : cluster.row(row.parent)
  ) {
    if (row.type === 'deployment') return row;
  }
  return undefined;
}

export async function chooseRevision(cluster: Cluster, deployment: DeploymentRow, title: string): Promise<ReplicaSetRow | undefined> {
  const { t, now } = cluster;
  const previous = revisionsOf(cluster, deployment.id).filter((row) => !row.current);
  if (previous.length === 0) {
    void window.showInformationMessage(t('{0} has no earlier revision to go back to.', deployment.name));
    return undefined;
  }
  const items = previous.map((row) => ({
    label: t('revision {0}', row.revision ?? 0),
    description: row.images.join(', '),
    detail: [t('{0} ago', age(t, now - row.createdAt)), ...(row.changeCause === undefined ? [] : [row.changeCause])].join(' · '),
    row,
  }));
  return (
    await window.showQuickPick(items, {
      title,
      placeHolder: t('Which revision should {0} go back to?', deployment.name),
      matchOnDescription: true,
      matchOnDetail: true,
    })
  )?.row;
}
