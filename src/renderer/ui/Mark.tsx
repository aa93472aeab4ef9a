/** The app's sign: an h whose foot is an arrow, coming hither. The same drawing as `icon.svg`. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden focusable="false">
      <rect width="64" height="64" rx="15" fill="#2f54c8" />
      <g fill="none" stroke="#fff" strokeWidth="6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M18 13v38M18 36c0-8 5.5-13.5 12.5-13.5S43 28 43 36v13" />
        <path d="m34.5 42.5 8.5 8.5 8.5-8.5" />
      </g>
    </svg>
  );
}
