import { describeEveryPage, looks } from './every-page.ts';

// Each page in one language, by turns; in both it is looked at in the long tests.
describeEveryPage((place) => [looks[place % looks.length]!]);
