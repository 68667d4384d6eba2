import { html } from 'lit';

/** A button that is an icon, with its words in the tooltip. (Not vscode-icon: it sets style attributes, which the page's policy forbids.) */
export const iconButton = (icon: string, label: string, act: () => void): unknown =>
  html`<button type="button" class="icon" aria-label=${label} title=${label} @click=${act}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
