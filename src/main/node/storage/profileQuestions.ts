import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { MAX_INVITE, parseInvite } from '../../../shared/identity/invite';

/** How a link was received that another start handed over: a page shows its question now, or nobody looks at one. */
export const HandedTo = z.enum(['page', 'nobody']);
export type HandedTo = z.infer<typeof HandedTo>;

/** What a process says of itself to another one that asks for the same profile. */
const Holder = z.object({
  pid: z.int().min(0),
  isHolder: z.boolean(),
  /** What became of the link that was handed over; missing where none was, or was accepted. */
  handedTo: HandedTo.optional(),
});
export type Holder = z.infer<typeof Holder>;

/** A link that another start hands over. */
const HandedLink = z.object({
  link: z
    .string()
    .max(MAX_INVITE)
    .refine((text) => parseInvite(text)?.kind === 'link'),
});

/** A process that lives but says nothing, as one that is stopped, holds what it holds. */
const ANSWER_MS = 2_000;
const SILENT: Holder = { pid: 0, isHolder: true };
/** Of one question, where the other one hangs up each time. */
const MAX_TRIES = 3;
const MAX_ANSWER_BYTES = 200;
/** A link as JSON: each of its characters takes six at most. */
const MAX_QUESTION_LENGTH = 6 * MAX_INVITE + 20;
/** Ends a question that is a link; the other kind is a name, and shorter than what a socket could cut. */
const END = '\n';
/** What connecting says where nobody listens. */
const NOBODY: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);

/** What a process does that is asked. */
export interface Asked {
  /** Another one wants the profile. @param name of its socket */
  onName(name: string): Holder;
  /** Another one hands over a link, which is one of an invite; whether that has expired is not looked at. */
  onLink(link: string): Holder;
}

/** Answers whoever has come by this socket, once. What is neither a name nor a link of an invite is answered as a name. */
export function answer(socket: Socket, asked: Asked): void {
  let text = '';
  const reply = (holder: Holder): void => {
    socket.end(JSON.stringify(holder));
  };
  socket.on('error', () => undefined).setTimeout(ANSWER_MS, () => socket.destroy());
  socket.setEncoding('utf8').on('data', (chunk) => {
    if (socket.writableEnded) return;
    text += String(chunk);
    if (text.length > MAX_QUESTION_LENGTH) socket.destroy();
    else if (!text.startsWith('{')) reply(asked.onName(text));
    else if (text.endsWith(END)) {
      const link = read(HandedLink, text)?.link;
      reply(link === undefined ? asked.onName(text) : asked.onLink(link));
    }
  });
}

/** Asks the process that listens at `path` for the profile, under the name of one's own socket; `null` where none listens. */
export async function askFor(path: string, ownName: string): Promise<Holder | null> {
  let holder = await say(path, ownName);
  // One that just gives up closes on who has come and was not heard yet; one that stays answers, or keeps silent.
  for (let tries = 1; holder === 'closed' && tries < MAX_TRIES; tries++) holder = await say(path, ownName);
  return holder === 'closed' ? SILENT : holder;
}

/** Hands a link over to the process that listens at `path`; `null` where none listens, or accepts it. */
export async function handLink(path: string, link: string): Promise<Holder | null> {
  const holder = await say(path, JSON.stringify({ link }) + END);
  return holder === 'closed' ? null : holder;
}

/** What the process that listens at `path` answers; `closed` where it said nothing and hung up, `null` where none listens. */
function say(path: string, question: string): Promise<Holder | 'closed' | null> {
  return new Promise((resolve) => {
    let isNobodys = false;
    let isLate = false;
    let text = '';
    const socket = connect(path, () => socket.write(question));
    socket.setTimeout(ANSWER_MS, () => {
      isLate = true;
      socket.destroy();
    });
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += String(chunk);
      if (text.length > MAX_ANSWER_BYTES) socket.destroy();
    });
    socket.on('error', (error) => (isNobodys = NOBODY.has((error as NodeJS.ErrnoException).code ?? '')));
    socket.on('close', () => {
      const isClosed = text === '' && !isLate;
      resolve(isNobodys ? null : isClosed ? 'closed' : (read(Holder, text) ?? SILENT));
    });
  });
}

/** What JSON says; `undefined` where it is not what the schema wants. */
function read<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
