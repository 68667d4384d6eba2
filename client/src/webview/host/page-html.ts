import { randomBytes } from 'node:crypto';
import type { Webview } from 'vscode';
import { Uri } from 'vscode';

/** The page's frame: it may load our own script, styles and icon font, and nothing else from anywhere. */
export function pageHtml(webview: Webview, dist: Uri, language: string, words: object): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; font-src ${webview.cspSource}`;
  // A < in the words must not end the element that holds them.
  const data = JSON.stringify(words).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>Rollout</title>
    <link rel="stylesheet" href="${file('codicon.css')}" id="vscode-codicon-stylesheet" />
    <link rel="stylesheet" href="${file('rollout.css')}" />
  </head>
  <body>
    <main></main>
    <script type="application/json" id="words" nonce="${nonce}">${data}</script>
    <script src="${file('rollout.js')}" nonce="${nonce}"></script>
  </body>
</html>`;
}
