// The language server's entry: stdio, IPC or a socket, as the command line says.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server.ts';

const connection = createConnection(ProposedFeatures.all);
serve(connection, new URL('worker.js', import.meta.url));
connection.listen();
