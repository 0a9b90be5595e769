/** The mark: a leaf over the stroke of an X. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="#0f5a36" />
      <path d="M10 10l12.5 12.5" stroke="#8dcaa6" strokeWidth="3" strokeLinecap="round" />
      <path d="M8.5 23.5C8 14.5 13 8.5 23.5 8.5 24 18 18.5 24 8.5 23.5z" fill="#fff" />
      <path d="M9 23l7-7" stroke="#0f5a36" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
