/** Whether a text is a port that a relay can have: 1 to 65535. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/**
 * What a field for a port shows after the port has changed beside it: the new one, unless somebody is typing another.
 * @param draft what it shows
 * @param before the port until now
 * @param port the port from now on
 */
export function nextDraft(draft: string, before: number, port: number): string {
  return draft.trim() === String(before) || Number(draft) === port ? String(port) : draft;
}
