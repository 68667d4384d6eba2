// Words on the screen come from facts through one function. Its English argument is the key of the translations in client/l10n.

/** Fills `{0}`, `{1}`, … of a message, in the reader's language. Numbers are written with that language's separators. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

/** `bundle`: English message → message; what it does not hold stays English. */
export function translator(bundle: Readonly<Record<string, string>> = {}, language = 'en'): Translate {
  const numbers = new Intl.NumberFormat(language);
  return (message, ...args) => fill(bundle[message] ?? message, args, numbers);
}

function fill(message: string, args: readonly (string | number)[], numbers: Intl.NumberFormat): string {
  return message.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? placeholder : typeof value === 'number' ? numbers.format(value) : value;
  });
}
