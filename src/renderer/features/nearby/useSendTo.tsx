import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { itemsOfDrop, itemsOfInput, type ReadItems } from '../../state/localItems';
import { folderPicker } from '../../state/folders/pickFolder';
import { useDropTarget } from '../../ui/fields/useDropTarget';
import { useFilePicker } from '../../ui/fields/useFilePicker';
import { SendMenu } from './SendMenu';
import { TextDialog } from './TextDialog';

/**
 * The ways to send something to a device from its card: by dropping it, and by the button.
 * @param deviceId `null` for one that nothing can be sent to now
 */
export function useSendTo(
  deviceId: string | null,
  name: string,
): {
  drop: ReturnType<typeof useDropTarget> & { label: string; isOff: boolean };
  button: ReactNode;
} {
  const { t } = useTranslation();
  const model = useModel();
  const [isWriting, setIsWriting] = useState(false);
  const send = (read: ReadItems) =>
    void model.gather(read, (items) => {
      if (deviceId !== null && items.length > 0) model.sendTo(deviceId, name, { kind: 'files', items });
    });
  const sendDrop = (transfer: DataTransfer) =>
    send((onFound) => itemsOfDrop(transfer, model.core.folders, onFound));
  const drop = useDropTarget(deviceId === null ? null : sendDrop);
  const picker = useFilePicker(
    (files) => send((onFound) => itemsOfInput(files, onFound)),
    folderPicker(model, send),
  );
  return {
    drop: { ...drop, label: t('home.nearby.dropHere'), isOff: deviceId === null },
    button:
      deviceId === null ? null : (
        <>
          <SendMenu
            name={name}
            onFiles={picker.pickFiles}
            onFolder={picker.pickFolder}
            onText={() => setIsWriting(true)}
          />
          {picker.inputs}
          {isWriting ? (
            <TextDialog deviceId={deviceId} name={name} onClose={() => setIsWriting(false)} />
          ) : null}
        </>
      ),
  };
}
