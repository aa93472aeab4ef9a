/** Least width of a window that has room for a drawer beside the stage, in CSS px; ui/SidePanel.css has the same number. */
const WIDE_PX = 1000;

/** What the window tells of itself: whether anybody can see it, and how much room it has. */
export interface Sight {
  isVisible: () => boolean;
  isWide: () => boolean;
  /** Calls back when it is shown or hidden; returns the disposer. */
  onChange: (listener: () => void) => () => void;
}

/** The sight of the page's own window. */
export const windowSight: Sight = {
  isVisible: () => document.visibilityState === 'visible',
  isWide: () => window.innerWidth >= WIDE_PX,
  onChange(listener) {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
