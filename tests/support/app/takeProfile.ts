// A process that takes the profile that it is given, says what came of it, and stays.
import { ProfileLock } from '../../../src/main/node/storage/ProfileLock';

const said = await ProfileLock.acquire(process.argv[2] ?? '').then(
  () => 'held',
  (error: unknown) => (error instanceof Error ? error.name : String(error)),
);
process.stdout.write(said);
setInterval(() => undefined, 60_000);
