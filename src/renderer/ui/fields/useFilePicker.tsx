import { type ReactNode, useRef } from 'react';

/**
 * Opens the system's dialogs for files and for a folder; `inputs` has to be drawn somewhere.
 * @param pickFolder asks for a folder in place of the input, which gives the files of one and nothing else of it
 */
export function useFilePicker(
  onFiles: (files: File[]) => void,
  pickFolder: (() => void) | null,
): {
  pickFiles: () => void;
  pickFolder: () => void;
  inputs: ReactNode;
} {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const input = (ref: typeof files, isFolder: boolean) => (
    <input
      ref={ref}
      type="file"
      hidden
      multiple
      data-testid={isFolder ? 'pick-folder' : 'pick-files'}
      {...(isFolder ? { webkitdirectory: '' } : {})}
      onChange={(event) => {
        const chosen = [...(event.currentTarget.files ?? [])];
        // The same file may be chosen again.
        event.currentTarget.value = '';
        if (chosen.length > 0) onFiles(chosen);
      }}
    />
  );
  return {
    pickFiles: () => files.current?.click(),
    pickFolder: pickFolder ?? (() => folder.current?.click()),
    inputs: (
      <>
        {input(files, false)}
        {input(folder, true)}
      </>
    ),
  };
}
