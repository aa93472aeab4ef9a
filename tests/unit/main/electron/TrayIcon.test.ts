import { EventEmitter } from 'node:events';
import type { Menu, MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { nativeText } from '../../../../src/main/electron/shell/nativeText';
import { TrayIcon } from '../../../../src/main/electron/shell/TrayIcon';
import { FakeLog } from '../../../support/FakeLog';

class FakeTray extends EventEmitter {
  toolTip = '';
  menu: MenuItemConstructorOptions[] = [];
  isDestroyed = false;
  setToolTip = (toolTip: string) => void (this.toolTip = toolTip);
  setContextMenu = (menu: Menu | null) => void (this.menu = menu as unknown as MenuItemConstructorOptions[]);
  destroy = () => void (this.isDestroyed = true);
}

describe('TrayIcon', () => {
  const en = nativeText('en', []);
  const ko = nativeText('ko', []);
  let made: FakeTray[];
  let wishes: string[];
  let log: FakeLog;
  let hasPicture: boolean;
  let icon: TrayIcon;

  beforeEach(() => {
    made = [];
    wishes = [];
    log = new FakeLog();
    hasPicture = true;
    icon = new TrayIcon({
      create: () => {
        if (!hasPicture) throw new Error('Failed to load image');
        made.push(new FakeTray());
        return made.at(-1)!;
      },
      buildMenu: (template) => template as unknown as Menu,
      onOpen: () => wishes.push('open'),
      onMute: () => wishes.push('mute'),
      onQuit: () => wishes.push('quit'),
      log,
    });
  });

  const labels = () => made[0]?.menu.map(({ label, type }) => label ?? type);

  it('is in the tray only while it is on, and once', () => {
    icon.set(false, en);
    expect(made).toEqual([]);
    icon.set(true, en);
    icon.set(true, en);
    expect(made.map(({ isDestroyed, toolTip }) => [isDestroyed, toolTip])).toEqual([[false, 'Hither']]);
    icon.set(false, en);
    expect(made[0]?.isDestroyed).toBe(true);
    icon.set(true, en);
    expect(made.map(({ isDestroyed }) => isDestroyed)).toEqual([true, false]);
  });

  it('has its menu in the language of the moment', () => {
    icon.set(true, en);
    expect(labels()).toEqual(['Open Hither', 'separator', 'Quit Hither']);
    icon.set(true, ko);
    expect(labels()).toEqual(['Hither 열기', 'separator', 'Hither 종료']);
  });

  it('opens the window on a click, and by its menu, which quits as well', () => {
    icon.set(true, en);
    made[0]?.emit('click');
    for (const { click } of made[0]?.menu ?? []) (click as (() => void) | undefined)?.();
    expect(wishes).toEqual(['open', 'open', 'quit']);
  });

  it('keeps a tray that can’t be used from stopping the app', () => {
    hasPicture = false;
    icon.set(true, en);
    expect(log.lines.map(([level, event]) => [level, event])).toEqual([['error', 'tray']]);
    icon.set(false, en);
  });

  it('is there while a microphone is on, says so, and mutes it', () => {
    icon.set(false, en, { microphone: 'on', isRecording: false });
    expect(labels()).toEqual(['Open Hither', 'Mute Microphone', 'separator', 'Quit Hither']);
    expect(made[0]?.toolTip).toBe('Hither: microphone on');
    made[0]?.menu[1]?.click?.({} as never, undefined, {});
    expect(wishes).toEqual(['mute']);
    icon.set(false, ko, { microphone: 'muted', isRecording: false });
    expect(labels()?.[1]).toBe('마이크 음소거 해제');
    expect(made[0]?.toolTip).toBe('Hither: 마이크 음소거됨');
    icon.set(true, en, { microphone: 'off', isRecording: false });
    expect(labels()).toEqual(['Open Hither', 'separator', 'Quit Hither']);
    icon.set(false, en, { microphone: 'off', isRecording: false });
    expect(made.map(({ isDestroyed }) => isDestroyed)).toEqual([true]);
  });

  it('is there while something is recorded, and says so before anything else', () => {
    icon.set(false, en, { microphone: 'on', isRecording: true });
    expect(made[0]?.toolTip).toBe('Hither: recording');
    expect(labels()).toContain(en.mute);
    icon.set(false, ko, { microphone: 'off', isRecording: true });
    expect([made[0]?.isDestroyed, made[0]?.toolTip]).toEqual([false, 'Hither: 녹화 중']);
    icon.set(false, ko);
    expect(made[0]?.isDestroyed).toBe(true);
  });
});
