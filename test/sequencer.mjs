import Sequencer from '@jest/test-sequencer';

/** The folders of which a test takes longest. */
const first = ['browser', 'search', 'api'];

/** Begins with what takes longest, or one worker waits for it at the end; on a new machine no times are known by which this could be told. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ context }) => {
      const place = first.indexOf(context.config.displayName?.name);
      return place === -1 ? first.length : place;
    };
    return super.sort(tests).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
