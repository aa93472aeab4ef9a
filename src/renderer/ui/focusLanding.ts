/** Puts the focus where a person goes on: the question in front, or the last heading of the view that is marked for it. */
export function focusLanding(): void {
  const dialog = document.querySelector<HTMLElement>('[role="dialog"]');
  const landings = document.querySelectorAll<HTMLElement>('main [data-landing]');
  (dialog ?? landings[landings.length - 1])?.focus({ preventScroll: true });
}
