/** A file that electron-vite puts beside the built code; the absolute path under which it is found there. */
declare module '*?asset' {
  const path: string;
  export default path;
}
