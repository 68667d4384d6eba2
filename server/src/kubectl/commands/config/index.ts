// kubectl config. A new one is a file and one line here.
import type { Command } from '../../command.ts';
import { deleteEntry, getNames, renameContext, set, setCluster, setCredentials, unset } from './change.ts';
import { currentContext, getContexts, setContext, useContext, viewConfig } from './contexts.ts';

export const configCommands: Readonly<Record<string, Command>> = {
  'config current-context': currentContext,
  'config delete-cluster': deleteEntry('clusters'),
  'config delete-context': deleteEntry('contexts'),
  'config delete-user': deleteEntry('users'),
  'config get-clusters': getNames('clusters'),
  'config get-contexts': getContexts,
  'config get-users': getNames('users'),
  'config rename-context': renameContext,
  'config set': set,
  'config set-cluster': setCluster,
  'config set-context': setContext,
  'config set-credentials': setCredentials,
  'config unset': unset,
  'config use-context': useContext,
  'config view': viewConfig,
};
