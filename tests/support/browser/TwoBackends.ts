import type { AppState } from '../../../src/shared/contract/app';
import type { SessionInfo } from '../../../src/shared/contract/sessions';
import { browserRandom } from './browserPorts';
import { MessageChannelLane } from './MessageChannelLane';
import { digestOf, Participant } from './Participant';
import { Switchboard } from './Switchboard';

/** Two devices in this page: Alice's backend runs in it, Bob's in a worker. Their pages have a lane in every session. */
export class TwoBackends {
  readonly #switchboard = new Switchboard();
  /** Ends of lanes that wait for the other page, by session. */
  readonly #lanes = new Map<string, MessagePort>();
  readonly alice = this.#participant('Alice', 'page');
  readonly bob = this.#participant('Bob', 'worker');
  readonly digestOf = digestOf;
  /** How often each block went out, by sender, file and block. */
  readonly #sent = new Map<string, number>();
  #onBlock: (() => void) | null = null;

  /** Starts both. */
  async start(): Promise<void> {
    await Promise.all([this.alice.start(), this.bob.start()]);
  }

  /** Alice dials Bob, who accepts; both compare the code, and trust each other from now on. */
  async meet(): Promise<void> {
    await this.alice.dial({ kind: 'address', address: 'bob' });
    await this.bob.accept();
    await Promise.all([this.alice.verify(), this.bob.verify()]);
    await this.connected();
  }

  /** Resolves once both are in a session. */
  async connected(): Promise<void> {
    await Promise.all([this.alice, this.bob].map(({ page }) => page.inPhase('connected')));
  }

  /** Kills Bob's backend when that many blocks have gone out. @returns what the next one begins with, once it is in a session */
  async killBobAt(blocks: number): Promise<AppState> {
    await new Promise<void>((resolve) => {
      this.#onBlock = () => {
        if (this.#sent.size >= blocks) resolve();
      };
    });
    this.bob.kill();
    const state = await this.bob.start();
    await this.connected();
    return state;
  }

  /** How often a block went out that had gone out before. */
  get resent(): number {
    return [...this.#sent.values()].reduce((sum, count) => sum + count - 1, 0);
  }

  /** Random bytes. */
  randomFile(sizeBytes: number): Blob {
    return new Blob([browserRandom(sizeBytes)]);
  }

  #participant(name: string, place: 'page' | 'worker'): Participant {
    return new Participant(name, place, this.#switchboard, (participant) => this.#follow(participant));
  }

  #follow(participant: Participant): void {
    const open = new Set<string>();
    participant.page.events.on('sessions:changed', (session) => {
      if (session.phase !== 'connected' || open.has(session.sessionId)) return;
      open.add(session.sessionId);
      void this.#openLane(participant, session);
    });
  }

  async #openLane({ name, page, files }: Participant, { sessionId }: SessionInfo): Promise<void> {
    const lane = new MessageChannelLane({
      ...{ page, sessionId, files },
      port: this.#laneEnd(sessionId),
      onBlock: ({ fileIndex, blockIndex }) => {
        const block = `${name} ${fileIndex} ${blockIndex}`;
        this.#sent.set(block, (this.#sent.get(block) ?? 0) + 1);
        this.#onBlock?.();
      },
    });
    await lane.open();
  }

  #laneEnd(sessionId: string): MessagePort {
    const waiting = this.#lanes.get(sessionId);
    this.#lanes.delete(sessionId);
    if (waiting) return waiting;
    const { port1, port2 } = new MessageChannel();
    this.#lanes.set(sessionId, port2);
    return port1;
  }
}
