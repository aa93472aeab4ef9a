import { isTyping } from '../shortcuts';

/**
 * Keeps the browser from opening what is dropped where nothing takes it: a file or an address would take the place of the
 * page, or open beside it. A field keeps texts, and links, which come with their text. For the start of the page, once.
 */
export function guardDrops(): void {
  for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, refuse);
}

function refuse(event: DragEvent): void {
  const { dataTransfer, target } = event;
  if (event.defaultPrevented || !dataTransfer) return;
  const isText = dataTransfer.types.includes('text/plain') && !hasFiles(dataTransfer);
  if (isText && target instanceof Element && isTyping(target)) return;
  event.preventDefault();
  dataTransfer.dropEffect = 'none';
}

/** Whether files are dragged, and not a text or a link. */
export function hasFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files');
}
