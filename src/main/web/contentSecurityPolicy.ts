/**
 * The policy of the page, wherever it is served from: its own files and nothing else.
 * @param connect origins besides its own that the page may open sockets to, as `ws://127.0.0.1:47170`
 */
export function contentSecurityPolicy(connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    // WebAssembly, of its own files as well, is the one thing that may be compiled: RNNoise, for who has chosen it.
    "script-src 'self' 'wasm-unsafe-eval'",
    // Mantine sets its colour variables in style elements and attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
