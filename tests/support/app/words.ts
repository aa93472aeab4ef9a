/** A sentence of the catalogue with its blanks filled in. */
export function words(sentence: string, blanks: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (blank, name: string) => String(blanks[name] ?? blank));
}
