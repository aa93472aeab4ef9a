/** Whether a dialog is in front, so that what is pasted or dropped is not for the page behind it. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
