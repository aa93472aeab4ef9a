/** Path of the WebSocket that a headless backend offers its page, on the origin that served the page. */
export const PAGE_SOCKET_PATH = '/backend';

/** The token travels as a WebSocket subprotocol, `hither.<token>`: a browser lets a page set no other header. */
export const PAGE_SUBPROTOCOL_PREFIX = 'hither.';

/** A per-start token: at least 128 random bits as base64url or hex, so that it is a legal subprotocol name too. */
export const PAGE_TOKEN = /^[\w-]{22,128}$/;
