import type { Composition } from '../server/compose.ts';
import { composeServices } from '../server/compose.ts';
import { dayOf, settableClock } from '../server/core/clock.ts';
import { seedDemo, seedReference } from './seed.ts';
import { completeSeed, seedMark } from './seed-mark.ts';

interface FirstStart extends Pick<Composition, 'connection' | 'clock' | 'log' | 'searchPort'> {
  wantsDemo: boolean;
  /** Says what takes a while. */
  announce(what: string): void;
}

/**
 * Loads what a new store begins with: reference data, and the demonstration register where it is wanted. A load that was
 * cut off goes on; a store that has it is left alone. Gives whether the register is a demonstration.
 */
export async function loadFirstStart({ wantsDemo, announce, ...parts }: FirstStart): Promise<{ isDemo: boolean }> {
  // A day that tests set may lie ahead of the real clock, by which nothing recorded then would be known yet.
  const [today = ''] = [parts.clock.today(), dayOf(parts.clock.now())].toSorted();
  const mark = await seedMark(parts.connection, { today, isDemo: wantsDemo });
  if (mark.isComplete) return mark;
  const services = await composeServices({ ...parts, writesDemo: false, demo: null });
  await seedReference(services);
  await services.close();
  if (mark.isDemo) {
    announce('Loading the fictional demonstration register, once …');
    await loadDemo(parts, mark.today);
  }
  await completeSeed(parts.connection);
  return mark;
}

async function loadDemo(parts: Omit<FirstStart, 'wantsDemo' | 'announce'>, today: string): Promise<void> {
  const clock = settableClock();
  const services = await composeServices({ ...parts, clock, writesDemo: true, demo: null });
  await seedDemo(services, clock, today);
  await services.close();
}
