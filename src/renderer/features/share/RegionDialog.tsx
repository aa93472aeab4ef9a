import { Button, Group, Modal, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import type { CaptureView, Region } from '../../state/views';
import { RegionFields } from './RegionFields';
import { RegionPicker } from './RegionPicker';
import { useScreenCapture } from './useChooseShare';

/**
 * Chooses the part of what is captured that is shown: in a session that gets it with that, or, without one, in those that
 * have it already. Nothing is shown before the choice.
 */
export function RegionDialog({ sessionId }: { sessionId: string | null }) {
  const capture = useScreenCapture();
  return capture ? <Choice capture={capture} sessionId={sessionId} /> : null;
}

function Choice({ capture, sessionId }: { capture: CaptureView; sessionId: string | null }) {
  const { t } = useTranslation();
  const model = useModel();
  const [picture, setPicture] = useState(() => sizeOf(capture.stream));
  const [chosen, setChosen] = useState<Region | null>(capture.region);
  const video = useRef<HTMLVideoElement>(null);
  const region = chosen ?? (picture && { x: 0, y: 0, ...picture });
  const cancel = () => {
    model.open({ kind: 'none' });
    if (capture.watchers.length === 0) model.core.stopCapture('screen');
  };
  const show = () => {
    model.open({ kind: 'none' });
    const isAll = region?.width === picture?.width && region?.height === picture?.height;
    model.core.screen.setRegion(isAll ? null : region, isAll ? null : stillOf(video.current));
    if (sessionId !== null) void model.attempt(() => model.core.screen.share(sessionId));
  };
  return (
    <Modal
      opened
      onClose={cancel}
      title={t('share.part.title')}
      size={860}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Text size="sm" c="dimmed" mb="xs">
        {t('share.part.help')}
      </Text>
      <RegionPicker
        video={video}
        size={picture}
        stream={capture.stream}
        region={region}
        onPicture={setPicture}
        onChange={setChosen}
      />
      <Group justify="space-between" align="end" mt="sm">
        {picture && region ? <RegionFields {...{ picture, region }} onChange={setChosen} /> : <span />}
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" onClick={cancel}>
            {t('app.cancel')}
          </Button>
          <Button disabled={region === null} onClick={show}>
            {t('share.part.show')}
          </Button>
        </Group>
      </Group>
    </Modal>
  );
}

/** How large the pictures of a stream are, in pixels; `null` where the browser doesn't say before one has come. */
function sizeOf(stream: MediaStream): { width: number; height: number } | null {
  const { width, height } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  return width === undefined || height === undefined ? null : { width, height };
}

/** What a video shows; older than whatever the capture gives next. */
function stillOf(video: HTMLVideoElement | null): VideoFrame | null {
  const hasPicture = video !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  return hasPicture ? new VideoFrame(video, { timestamp: 0 }) : null;
}
