// Requests over TLS, with the token and the certificate that let clients in.
import type { IncomingHttpHeaders } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import type { Access } from '../../../server/src/apiserver/kubeconfig.ts';

export interface Got {
  readonly code: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** With the token and the certificate of `access`, unless `options` say otherwise. */
export function send(access: Access, method: string, path: string, { headers, ...options }: RequestOptions = {}, body?: string | Buffer): Promise<Got> {
  const { server, certificate, token } = access;
  return new Promise((resolve, reject) => {
    const sent = request(`${server}${path}`, { method, ca: certificate, headers: { authorization: `Bearer ${token}`, ...headers }, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => resolve({ code: response.statusCode, headers: response.headers, text }));
    });
    sent.on('error', reject).end(body);
  });
}
