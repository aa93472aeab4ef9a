import { useTranslation } from 'react-i18next';
import { useModel } from '../AppModelContext';

/** What a person should know who sends a folder from a browser; `null` in the desktop app, which sends all of it. */
export function useFolderHint(): string | null {
  const { t } = useTranslation();
  const { kind } = useModel().core.folders;
  return kind === 'path' ? null : t(`app.folderHint.${kind}`);
}
