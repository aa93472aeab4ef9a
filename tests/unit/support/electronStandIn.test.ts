import { join, resolve, sep } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

/** Where the stand-in has what Electron declares: file, then export; a dot leads into it. */
const DOUBLES: Readonly<Record<string, readonly [file: string, name: string]>> = {
  App: ['app.ts', 'app'],
  BaseWindow: ['BrowserWindow.ts', 'BrowserWindow'],
  BrowserWindow: ['BrowserWindow.ts', 'BrowserWindow'],
  CommandLine: ['app.ts', 'app.commandLine'],
  DesktopCapturer: ['desktopCapturer.ts', 'desktopCapturer'],
  Dialog: ['dialog.ts', 'dialog'],
  GlobalShortcut: ['globalShortcut.ts', 'globalShortcut'],
  IpcMain: ['ipcMain.ts', 'ipcMain'],
  Menu: ['Menu.ts', 'Menu'],
  NativeTheme: ['nativeTheme.ts', 'nativeTheme'],
  Notification: ['Notification.ts', 'Notification'],
  PowerSaveBlocker: ['powerSaveBlocker.ts', 'powerSaveBlocker'],
  SafeStorage: ['safeStorage.ts', 'safeStorage'],
  Screen: ['screen.ts', 'screen'],
  Protocol: ['protocol.ts', 'protocol'],
  Session: ['session.ts', 'session.defaultSession'],
  Shell: ['shell.ts', 'shell'],
  Tray: ['Tray.ts', 'Tray'],
  WebContents: ['Contents.ts', 'Contents'],
};
/** What Electron hands over or is handed: plain data, checked where it is made. */
const DATA = /Details|Event|Handler|Options|Params|PermissionRequest|Request|ReturnValue$/;
/** Node's own; what only macOS is asked; what only the preload has, whose half of Electron is no TypeScript. */
const ELSEWHERE = new Set(['Process', 'SystemPreferences', 'ContextBridge', 'IpcRenderer', 'WebUtils']);

const standIn = resolve('tests/support/electron-stand-in');

describe('the Electron stand-in', () => {
  let program: ts.Program;
  let checker: ts.TypeChecker;

  beforeAll(() => {
    const { config } = ts.readConfigFile('tsconfig.tests.json', (path) => ts.sys.readFile(path)) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
    const entries = [
      resolve('src/main/index.ts'),
      resolve('src/preload/index.ts'),
      join(standIn, 'index.ts'),
    ];
    program = ts.createProgram(entries, { ...options, incremental: false, composite: false, noEmit: true });
    checker = program.getTypeChecker();
  }, 120_000);

  /** `Interface.member` of Electron's, for every member that the shell reads or calls. */
  function membersInUse(): Set<string> {
    const used = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node)) {
        const symbol = checker.getSymbolAtLocation(node.name);
        const owner = symbol?.declarations?.find(isElectrons)?.parent;
        if (symbol !== undefined && owner !== undefined && 'name' in owner)
          used.add(`${(owner.name as ts.Identifier).text}.${symbol.name}`);
      }
      ts.forEachChild(node, visit);
    };
    const shell = [`src${sep}main${sep}index.ts`, `src${sep}main${sep}electron${sep}`];
    for (const file of program.getSourceFiles())
      if (shell.some((part) => resolve(file.fileName).includes(resolve(part)))) visit(file);
    return used;
  }

  function isElectrons(declaration: ts.Declaration): boolean {
    return declaration.getSourceFile().fileName.endsWith('electron.d.ts');
  }

  function has([file, path]: readonly [string, string], member: string): boolean {
    const source = program.getSourceFile(join(standIn, file))!;
    const [name = '', ...rest] = path.split('.');
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
    const symbol = exported.find((one) => one.name === name)!;
    const types = [checker.getTypeOfSymbol(symbol)];
    for (const part of rest) types.push(checker.getTypeOfSymbol(types.at(-1)!.getProperty(part)!));
    if (symbol.flags & ts.SymbolFlags.Class) types.push(checker.getDeclaredTypeOfSymbol(symbol));
    return types.some((type) => checker.getPropertyOfType(type, member) !== undefined);
  }

  it('has every member of Electron that the shell uses', () => {
    const used = [...membersInUse()];
    expect(used.length).toBeGreaterThan(20);
    const missing = used.filter((use) => {
      const [owner = '', member = ''] = use.split('.');
      if (DATA.test(owner) || ELSEWHERE.has(owner)) return false;
      const double = DOUBLES[owner];
      return double === undefined || !has(double, member);
    });
    expect(missing).toEqual([]);
  });
});
