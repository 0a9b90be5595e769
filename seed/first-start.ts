import type { Composition } from '../server/compose.ts';
import { composeServices } from '../server/compose.ts';
import { dayOf, settableClock } from '../server/core/clock.ts';
import type { DemoSize } from './demo.ts';
import { seedDemo, seedReference, type DemoLoad } from './seed.ts';
import { completeSeed, seedMark } from './seed-mark.ts';

interface FirstStart extends Pick<Composition, 'connection' | 'clock' | 'log' | 'searchPort'> {
  wantsDemo: boolean;
  /** How much of the demonstration register is loaded. */
  size?: DemoSize;
  /** Says what takes a while. */
  announce(what: string): void;
}

/**
 * Loads what a new store begins with: reference data, and the demonstration register where it is wanted. A load that was
 * cut off goes on; a store that has it is left alone. Gives whether the register is a demonstration.
 */
export async function loadFirstStart({
  wantsDemo,
  size = {},
  announce,
  ...parts
}: FirstStart): Promise<{ isDemo: boolean }> {
  // A day that tests set may lie ahead of the real clock, by which nothing recorded then would be known yet.
  const [today = ''] = [parts.clock.today(), dayOf(parts.clock.now())].toSorted();
  const mark = await seedMark(parts.connection, { today, isDemo: wantsDemo });
  if (mark.isComplete) return mark;
  const services = await composeServices({ ...parts, writesDemo: false, demo: null });
  await seedReference(services);
  await services.close();
  if (mark.isDemo) {
    announce('Loading the fictional demonstration register, once …');
    const progress = everyFewSeconds((share: number) => announce(`… ${Math.floor(share * 100)}% of it entered`));
    await loadDemo(parts, { ...size, today: mark.today, progress });
  }
  await completeSeed(parts.connection);
  return mark;
}

async function loadDemo(parts: Omit<FirstStart, 'wantsDemo' | 'size' | 'announce'>, load: DemoLoad): Promise<void> {
  const clock = settableClock();
  const services = await composeServices({ ...parts, clock, writesDemo: true, demo: null });
  await seedDemo(services, clock, load);
  await services.close();
}

const quietMs = 3000;

/** Tells what there is to tell, but not more often than every few seconds. */
function everyFewSeconds<T>(tell: (news: T) => void): (news: T) => void {
  let last = performance.now();
  return (news) => {
    if (performance.now() - last < quietMs) return;
    last = performance.now();
    tell(news);
  };
}
