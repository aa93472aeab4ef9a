/** What fills the window. */
export type View = { kind: 'home' } | { kind: 'session'; sessionId: string };
