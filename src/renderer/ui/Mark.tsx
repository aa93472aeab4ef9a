/** The app's sign: two screens, one coming hither. Drawn in the current colour where it is decoration. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden focusable="false">
      <rect width="64" height="64" rx="15" fill="#2f54c8" />
      <path
        d="M34 15h13a5 5 0 0 1 5 5v24a5 5 0 0 1-5 5H34"
        fill="none"
        stroke="#fff"
        strokeWidth="5.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M38 32H13m11-11L13 32l11 11"
        fill="none"
        stroke="#fff"
        strokeWidth="5.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
