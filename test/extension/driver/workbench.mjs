// What a person does in VS Code, as Playwright calls. Names are the page's own: roles first, classes second.
const themes = {
  'Dark Modern': { workbench: 'vs-dark', page: '.vscode-dark' },
  'Light Modern': { workbench: 'vs', page: '.vscode-light' },
  'Dark High Contrast': { workbench: 'hc-black', page: '.vscode-high-contrast:not(.vscode-high-contrast-light)' },
  'Light High Contrast': { workbench: 'hc-light', page: '.vscode-high-contrast-light' },
};

export const themeNames = Object.keys(themes);

export const workbench = (page) => ({
  explorerFile: (name) => page.getByRole('treeitem', { name }),
  /** The icon of a view container. */
  activity: (title) => page.locator(`.activitybar a.action-label[aria-label^="${title}"]`),
  /** A row of the Cluster view, by what a screen reader says. */
  row: (name) => page.getByRole('tree', { name: /^(Cluster|クラスター)$/ }).getByRole('treeitem', { name }),
  /** A row of the Rollouts view. */
  revision: (name) => page.getByRole('tree', { name: /^(Rollouts|ロールアウト)$/ }).getByRole('treeitem', { name }),
  editor: (name) => page.locator(`.monaco-editor[data-uri$="${name}"]`),
  squiggles: () => page.locator('.monaco-editor .squiggly-error'),
  problems: () => page.locator('.markers-panel .monaco-list-row'),
  lenses: () => page.locator('.monaco-editor .codelens-decoration a'),
  hover: () => page.locator('.monaco-hover:not(.hidden)').first(),
  quickPick: () => page.locator('.quick-input-widget .monaco-list-row'),
  statusBar: (text) => page.locator('.statusbar-item', { hasText: text }),
  /** The innermost document of the visible webview. */
  webview: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),

  async openFile(name) {
    await this.explorerFile(name).dblclick();
    await this.editor(name).locator('.view-line').first().waitFor();
  },

  /** Selects `before` in the editor and types `after` over it. */
  async replace(name, before, after) {
    await this.editor(name).locator('.view-line').first().click();
    await page.keyboard.press('Control+F');
    const find = page.locator('.find-widget.visible textarea').first();
    await find.fill(before);
    await page.locator('.find-widget.visible .matchesCount', { hasText: /^1 of/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.type(after);
  },

  save: () => page.keyboard.press('Control+S'),

  /** A hover fills in by parts: wait for the text, not for the hover. */
  async hoverOver(word, expected) {
    await page
      .locator('.view-line span', { hasText: new RegExp(`^${word}$`) })
      .last()
      .hover();
    await this.hover().filter({ hasText: expected }).waitFor();
  },

  /** Clicks an inline action of a row. */
  async rowAction(row, title) {
    await row.hover();
    await row.locator(`a.action-label[aria-label^="${title}"]`).click();
  },

  async notifications() {
    await this.command('Notifications: Show Notifications');
    await page.locator('.notifications-center.visible').waitFor();
    const texts = await page.locator('.notifications-center .notification-list-item-message').allInnerTexts();
    await page.keyboard.press('Escape');
    return texts;
  },

  /** The theme arrives after the picker has gone, and in webviews later still: a picture taken at once shows the one before. */
  async colorTheme(label) {
    await this.command('Preferences: Color Theme');
    const picker = page.locator('.quick-input-widget');
    await picker.getByPlaceholder(/color theme/i).fill(label);
    await picker
      .locator('.monaco-list-row')
      .filter({ has: page.getByText(label, { exact: true }) })
      .first()
      .click();
    await picker.waitFor({ state: 'hidden' });
    await page.locator(`.monaco-workbench.${themes[label].workbench}`).first().waitFor();
    if ((await page.locator('iframe.webview.ready').count()) > 0) await this.webview().locator(`body${themes[label].page}`).waitFor();
  },

  /** Runs a command by its full title; the English one matches in every display language. */
  async command(title) {
    await page.keyboard.press('F1');
    const palette = page.locator('.quick-input-widget');
    const input = palette.locator('input');
    const row = palette
      .locator('.monaco-list-row')
      .filter({ has: page.getByText(title, { exact: true }) })
      .first();
    for (let tries = 1; ; tries++) {
      await input.fill(`>${title}`);
      try {
        await row.waitFor({ timeout: 2000 });
        break;
      } catch (error) {
        if (tries === 10) throw error;
      }
      await input.fill('>'); // an open palette does not show commands that arrive later: ask again
    }
    await row.click(); // not Enter: the focused row may be another
  },

  async commandTitles(text) {
    await page.keyboard.press('F1');
    const palette = page.locator('.quick-input-widget');
    await palette.locator('input').fill(`>${text}`);
    await page.waitForTimeout(500); // the list is filtered a moment later
    const titles = await palette.locator('.monaco-list-row .label-name').allInnerTexts();
    await page.keyboard.press('Escape');
    return titles;
  },
});
