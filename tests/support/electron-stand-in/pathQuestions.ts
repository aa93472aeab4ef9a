import type { Session } from './DevTools';

/**
 * Answers the preload's `webUtils.getPathForFile`: it stops at a `debugger` statement with the `File` in a variable and
 * goes on with its path in another.
 */
export function answerPathQuestions(session: Session): void {
  session.on('Debugger.paused', ({ callFrames }) => {
    const callFrameId = callFrames[0]?.callFrameId;
    const answer = callFrameId === undefined ? Promise.resolve() : fillPathIn(session, callFrameId);
    // Whatever happens, the page must not stand still.
    void answer.catch(() => undefined).then(() => session.send('Debugger.resume').catch(() => undefined));
  });
}

async function fillPathIn(session: Session, callFrameId: string): Promise<void> {
  const { result } = await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'file' });
  if (result.objectId === undefined) return;
  const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId });
  const expression = `path = ${JSON.stringify(path)}`;
  await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
}
