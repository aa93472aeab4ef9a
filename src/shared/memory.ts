/** Gives memory of a size, with whatever is in it. */
export type Allocate = (sizeBytes: number) => Uint8Array<ArrayBuffer>;

/** New memory each time, for what is kept. */
export const freshMemory: Allocate = (sizeBytes) => new Uint8Array(sizeBytes);

/**
 * The same memory again and again, for what is copied before the next is asked for: fresh memory costs a page fault every 4 KiB. What was
 * in it before is overwritten.
 */
export function sameMemory(): Allocate {
  let memory = new Uint8Array(0);
  return (sizeBytes) => {
    if (memory.length < sizeBytes) memory = new Uint8Array(sizeBytes);
    return memory.subarray(0, sizeBytes);
  };
}
