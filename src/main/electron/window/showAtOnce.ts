/**
 * Has WebRTC show every picture that it has decoded, and hold none back for an even rhythm: from display to display a screen took two
 * thirds of the time so (docs/performance.md). Nothing in a page can ask for it; `jitterBufferTarget = 0` changed nothing.
 */
export const SHOW_AT_ONCE = 'WebRTC-ForcePlayoutDelay/min_ms:0,max_ms:0/';
