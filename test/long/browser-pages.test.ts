import { describeEveryPage, looks } from '../browser/every-page.ts';

describeEveryPage(() => looks);
