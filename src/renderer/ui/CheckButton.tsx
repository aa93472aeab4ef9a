import { Button, type ButtonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The connection check as a dialog that is opened. */
interface CheckDialog {
  kind: 'doctor';
  sessionId?: string;
  about?: { deviceId: string | null; name: string };
}

interface CheckButtonProps extends ButtonProps {
  /** Whose way is looked at first; without one there is this device and its network. */
  session?: { sessionId: string; title: string; peer: { deviceId: string } | null };
  /** It did not come about: the button asks why, and what was found of the other device stands first. */
  isFailed?: boolean;
  onOpen: (dialog: CheckDialog) => void;
}

/** Leads to the connection check. */
export function CheckButton({ session, isFailed = false, onOpen, ...look }: CheckButtonProps) {
  const { t } = useTranslation();
  const check = () => {
    const about = session && isFailed && { deviceId: session.peer?.deviceId ?? null, name: session.title };
    onOpen({
      kind: 'doctor',
      ...(session ? { sessionId: session.sessionId } : {}),
      ...(about ? { about } : {}),
    });
  };
  return (
    <Button variant="default" {...look} onClick={check}>
      {t(isFailed ? 'doctor.why' : 'doctor.open')}
    </Button>
  );
}
