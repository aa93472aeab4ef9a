import { Emitter } from '../../src/shared/Emitter';

/** A connection with an open lane, as far as lanes need one. */
export class FakeLaneLink {
  readonly events = new Emitter<{ closed: undefined }>();
  readonly laneChannel = Object.assign(new EventTarget(), { readyState: 'open' });
  readonly maxPacketBytes = 65_536;
  offer(): Promise<string> {
    return Promise.resolve('sdp');
  }
  close(): void {
    this.events.emit('closed', undefined);
  }
}
