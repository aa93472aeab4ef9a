import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DownloadHost, slowly, stallingAfter } from '../support/start/DownloadHost';
import { madeUpElectron, StartProject } from '../support/start/StartProject';

const electron = madeUpElectron();
let host: DownloadHost;
let project: StartProject;
beforeEach(async () => {
  host = new DownloadHost(electron);
  await host.listen();
  project = await StartProject.create();
  await project.expect(electron);
});
afterEach(async () => {
  await project.remove();
  await host.close();
});

const desktopApp = (): string => `desktop app: ${project.dir} --name Anna`;
const BROWSER = 'browser: --name Anna';

// The made-up Electron is a shell script.
describe.skipIf(process.platform === 'win32')('the first npm start', () => {
  it.each([
    ['en_US.UTF-8', '--headless', 'Electron: 10 of 12 MB'],
    ['ko_KR.UTF-8', '받지 않으려면', 'Electron: 12MB 중 10MB'],
  ])('fetches Electron, says how far it is and how to do without (%s)', async (LANG, howTo, progress) => {
    host.answers.push(slowly(5, 20));
    const said = await project.run(host.url, { LANG });
    expect(said[0]).toContain(howTo);
    expect(said).toContain(progress);
    expect(said.at(-1)).toBe(desktopApp());
    expect(await project.downloads()).toEqual([]);
    expect(await project.run(host.url, { LANG })).toEqual([desktopApp()]);
    expect(host.ranges).toHaveLength(1);
  });

  it('ends when told to, and the next start goes on', async () => {
    host.answers.push(stallingAfter(11e6));
    const start = project.start(host.url);
    await expect.poll(start.said).toContain('Electron: 10 of 12 MB');
    start.process.kill('SIGINT');
    const [code] = (await once(start.process, 'close')) as [number];
    expect(code).toBe(130);
    expect(start.said()).toContain('The next start goes on from here.');
    expect(await project.downloads()).toEqual([expect.stringMatching(/\.zip\.part$/)]);

    const said = await project.run(host.url);
    expect(said[1]).toMatch(/^Electron: 1[012] of 12 MB$/);
    expect(said.at(-1)).toBe(desktopApp());
    expect(host.ranges[1]).toMatch(/^bytes=1\d{7}-$/);
  });

  it('opens in the browser at once where the host refuses the connection or the file', async () => {
    const { url } = host;
    host.refusal = 404;
    const [, refused, ...rest] = await project.run(url);
    expect(refused).toContain('answered with status 404');
    expect(rest).toEqual([BROWSER]);
    await host.close();
    expect((await project.run(url))[1]).toContain("can't be reached (ECONNREFUSED)");
  });

  it('opens in the browser at once where nobody knows the host', async () => {
    const [, unknown, ...rest] = await project.run('http://electron.invalid/');
    expect(unknown).toMatch(/^Electron could not be fetched: electron\.invalid can't be reached \(E\w+\)/);
    expect(rest).toEqual([BROWSER]);
  });

  it('runs nothing whose checksum is wrong, and fetches it anew the next time', async () => {
    host.file = Buffer.concat([electron.subarray(0, -1), Buffer.from('?')]);
    const damaged = await project.run(host.url);
    expect(damaged.at(-2)).toContain('does not have the checksum');
    expect(damaged.at(-1)).toBe(BROWSER);
    host.file = electron;
    expect((await project.run(host.url)).at(-1)).toBe(desktopApp());
    expect(host.ranges).toEqual([undefined, undefined]);
  });

  it('goes through the proxy that the environment names', async () => {
    const said = await project.run('http://electron.invalid/', { HTTP_PROXY: host.url });
    expect(said.at(-1)).toBe(desktopApp());
    expect(host.tunnels).toEqual(['electron.invalid:80']);
  });
});
