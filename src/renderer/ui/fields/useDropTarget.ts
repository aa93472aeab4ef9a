import { type DragEvent, useRef, useState } from 'react';
import { hasFiles } from './guardDrops';

interface DropHandlers {
  onDragEnter: (event: DragEvent) => void;
  onDragOver: (event: DragEvent) => void;
  onDragLeave: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
}

/**
 * Lets files be dropped on an element. `onFiles` is called inside the drop handler, where the list can still be read.
 * Entering a child counts as leaving its parent for the browser, so the depth is counted.
 */
export function useDropTarget(onFiles: ((transfer: DataTransfer) => void) | null): {
  isOver: boolean;
  handlers: DropHandlers;
} {
  const [isOver, setIsOver] = useState(false);
  const depth = useRef(0);
  const isWanted = (event: DragEvent) => onFiles !== null && hasFiles(event.dataTransfer);
  const leave = () => {
    depth.current = 0;
    setIsOver(false);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: (event) => {
        if (!isWanted(event)) return;
        event.preventDefault();
        depth.current += 1;
        setIsOver(true);
      },
      onDragOver: (event) => {
        if (!isWanted(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDragLeave: (event) => {
        if (!isWanted(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      },
      onDrop: (event) => {
        if (!isWanted(event)) return;
        event.preventDefault();
        event.stopPropagation();
        leave();
        onFiles?.(event.dataTransfer);
      },
    },
  };
}
