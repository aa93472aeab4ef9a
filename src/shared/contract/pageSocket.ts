/** Path of the WebSocket that a headless backend offers its page, on the origin that served the page. */
export const PAGE_SOCKET_PATH = '/backend';

/** The token travels as a WebSocket subprotocol, `hither.<token>`: a browser lets a page set no other header. */
export const PAGE_SUBPROTOCOL_PREFIX = 'hither.';

/** A per-start token: at least 128 random bits as base64url or hex, so that it is a legal subprotocol name too. */
export const PAGE_TOKEN = /^[\w-]{22,128}$/;

/**
 * A page names itself to the socket with `?page=…`, and so can post single requests beside it, to the same path: binary frames as
 * in frames.ts, with `Authorization: Bearer <token>` and the same name. A browser then takes the bytes of a file to the backend
 * without their ever being in the page's memory.
 */
export const PAGE_NAME_PARAMETER = 'page';

/**
 * What a page calls itself: 128 random bits in hex, made anew whenever it is loaded. A page whose socket breaks comes back under the
 * same name, and still has its files.
 */
export const PAGE_NAME = /^[0-9a-f]{32}$/;

/** With this code browsers close the sockets of a page that is closed or reloaded ("going away", RFC 6455, 7.4.1). */
export const PAGE_CLOSED_CODE = 1001;
