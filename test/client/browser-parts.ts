import { TextDecoder, TextEncoder } from 'node:util';

/** What the client's libraries ask of a browser and jsdom lacks; imported before anything of the client. */
Object.assign(globalThis, {
  TextEncoder,
  TextDecoder,
  ResizeObserver: class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
});
Object.assign(window, {
  scrollTo: () => {},
  matchMedia: (media: string) => ({
    matches: media.includes('reduced-motion'),
    media,
    addEventListener: () => {},
    removeEventListener: () => {},
  }),
});
Object.assign(HTMLElement.prototype, { scrollIntoView: () => {} });
