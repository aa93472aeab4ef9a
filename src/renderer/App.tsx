import { DoctorDialog } from './features/doctor/DoctorDialog';
import { InviteDialog } from './features/invite/InviteDialog';
import { TrustDialog } from './features/session/TrustDialog';
import { RecordingBars } from './features/recording/RecordingBars';
import { RecordingEnded } from './features/recording/RecordingEnded';
import { SettingsDialog } from './features/settings/SettingsDialog';
import { QualityDialog } from './features/share/QualityDialog';
import { RegionDialog } from './features/share/RegionDialog';
import { SharingBar } from './features/share/SharingBar';
import { SourcePicker } from './features/share/SourcePicker';
import { StatsDialog } from './features/stats/StatsDialog';
import { TransfersPanel } from './features/transfers/TransfersPanel';
import { EchoBar } from './features/share/EchoBar';
import { VoiceBars } from './features/voice/VoiceBars';
import { VoiceDialog } from './features/voice/VoiceDialog';
import { WelcomeDialog } from './features/welcome/WelcomeDialog';
import { Announcer } from './shell/notices/Announcer';
import { CodecNotice } from './shell/notices/CodecNotice';
import { AppBar } from './shell/AppBar';
import { Appearance } from './shell/Appearance';
import { ArrivalNotices } from './shell/notices/ArrivalNotices';
import { ConnectionCover } from './shell/ConnectionCover';
import { DocumentTitle } from './shell/notices/DocumentTitle';
import { EndedNotices } from './shell/notices/EndedNotices';
import { FailureToasts } from './shell/notices/FailureToasts';
import { Fault } from './shell/Fault';
import { FaultBoundary } from './shell/FaultBoundary';
import { FocusKeeper } from './shell/FocusKeeper';
import { GatheringBar } from './shell/GatheringBar';
import { HomeView } from './shell/HomeView';
import { Notices } from './shell/notices/Notices';
import { NoticesOffer } from './shell/notices/NoticesOffer';
import { PromptTray } from './shell/PromptTray';
import { SessionPage } from './shell/SessionPage';
import { StartingView } from './shell/StartingView';
import { TransferAnnouncer } from './shell/notices/TransferAnnouncer';
import { ToastRoom } from './shell/notices/ToastRoom';
import { useAppShortcuts } from './shell/useAppShortcuts';
import { WindowDrop } from './shell/WindowDrop';
import { useApp } from './state/AppModelContext';
import { useSettings } from './state/selectors';
import { useVoiceKeys } from './state/voice/useVoiceKeys';
import { hasDrawer } from './state/uiState';

/** The whole page, inside the providers that the entry sets up. */
export function App() {
  const settings = useSettings();
  return (
    <Appearance language={settings?.language ?? 'system'} theme={settings?.theme ?? 'system'}>
      <FaultBoundary fallback={<Fault />}>
        <Window />
        <FailureToasts />
        <ToastRoom />
      </FaultBoundary>
    </Appearance>
  );
}

function Window() {
  const connection = useApp((state) => state.core.connection);
  const covering = connection === 'starting' || connection === 'ready' ? null : connection;
  const isGone = covering !== null;
  return (
    <>
      <div className={isGone ? 'shell shell-dimmed' : 'shell'} inert={isGone}>
        <AppBar />
        <RecordingBars />
        <SharingBarElsewhere />
        <VoiceBars />
        <EchoBar />
        <Notices />
        <GatheringBar />
        <Body />
      </div>
      <DocumentTitle />
      <Announcer />
      <TransferAnnouncer />
      <ArrivalNotices />
      <NoticesOffer />
      <EndedNotices />
      <RecordingEnded />
      <CodecNotice />
      <FocusKeeper />
      {covering ? <ConnectionCover key={covering} connection={covering} /> : <Dialogs />}
      {isGone ? null : <WindowDrop />}
    </>
  );
}

/** A session that shares says so itself, in its dock. */
function SharingBarElsewhere() {
  const isHere = useApp(({ core, ui: { view } }) =>
    core.sessions.some(
      ({ sessionId, localShare }) => view.kind === 'session' && view.sessionId === sessionId && localShare,
    ),
  );
  return isHere ? null : <SharingBar />;
}

function Body() {
  const view = useApp((state) => state.ui.view);
  const isStarting = useApp((state) => state.core.app === null);
  const isPanelOpen = useApp(({ core, ui }) => !hasDrawer(core, ui) && ui.transfersPanel === 'open');
  useAppShortcuts();
  useVoiceKeys();
  return (
    <div className="shell-body">
      <main className="shell-main">
        {isStarting ? <StartingView /> : null}
        {!isStarting && view.kind === 'home' ? <HomeView /> : null}
        {!isStarting && view.kind === 'session' ? (
          <SessionPage key={view.sessionId} sessionId={view.sessionId} />
        ) : null}
      </main>
      {isPanelOpen ? <TransfersPanel /> : null}
    </div>
  );
}

function Dialogs() {
  const dialog = useApp((state) => state.ui.dialog);
  return (
    <>
      <WelcomeDialog />
      {dialog.kind === 'settings' ? <SettingsDialog tab={dialog.tab} /> : null}
      {dialog.kind === 'doctor' ? (
        <DoctorDialog about={dialog.about ?? null} sessionId={dialog.sessionId ?? null} />
      ) : null}
      {dialog.kind === 'sources' ? <SourcePicker {...dialog} /> : null}
      {dialog.kind === 'region' ? <RegionDialog sessionId={dialog.sessionId} /> : null}
      {dialog.kind === 'quality' ? <QualityDialog sessionId={dialog.sessionId} /> : null}
      {dialog.kind === 'stats' ? <StatsDialog sessionId={dialog.sessionId} /> : null}
      {dialog.kind === 'trust' ? <TrustDialog sessionId={dialog.sessionId} /> : null}
      {dialog.kind === 'voice' ? <VoiceDialog /> : null}
      {dialog.kind === 'invite' ? <InviteDialog dialog={dialog} /> : null}
      <PromptTray />
    </>
  );
}
