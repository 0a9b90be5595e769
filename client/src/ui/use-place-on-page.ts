import { useEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** How long a page that is come back to may take to be as long as it was. */
const patienceMs = 1000;

/**
 * Where reading begins on a page that was just opened: at its top, for the keyboard and a screen reader too; on one that was
 * come back to, where it was left. Gives the element that holds the page.
 */
export function usePlaceOnPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname, key } = useLocation();
  const isBack = useNavigationType() === NavigationType.Pop;
  const shown = useRef(pathname);
  const left = useRef(new Map<string, number>());
  useEffect(() => {
    const before = left.current.get(key);
    const remember = () => left.current.set(key, window.scrollY);
    window.addEventListener('scroll', remember, { passive: true });
    if (shown.current !== pathname) {
      shown.current = pathname;
      main.current?.focus({ preventScroll: true });
      if (isBack && before !== undefined) scrollOnceThere(before);
      else window.scrollTo(0, 0);
    }
    return () => window.removeEventListener('scroll', remember);
  }, [pathname, key, isBack]);
  return main;
}

/** Its parts come with the next frames. */
function scrollOnceThere(top: number): void {
  const end = performance.now() + patienceMs;
  const scroll = () => {
    window.scrollTo(0, top);
    if (window.scrollY < top - 1 && performance.now() < end) requestAnimationFrame(scroll);
  };
  scroll();
}
