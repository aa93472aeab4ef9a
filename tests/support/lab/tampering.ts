/*
 * What a hostile peer's page does. These run in that page before its own scripts, so each must stand alone.
 */

/** Rewrites the name `innocent.txt` in everything the page says over a data channel. */
export function renameToHostile(): void {
  const { send } = RTCDataChannel.prototype as { send: (this: RTCDataChannel, data: unknown) => void };
  RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
    send.call(this, typeof data === 'string' ? data.replace('innocent.txt', '../evil.txt') : data);
  };
}

/** Cuts every control message short, so that none is JSON. */
export function talkGarbage(): void {
  const { send } = RTCDataChannel.prototype as { send: (this: RTCDataChannel, data: unknown) => void };
  RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
    send.call(this, typeof data === 'string' ? data.slice(0, -1) : data);
  };
}
