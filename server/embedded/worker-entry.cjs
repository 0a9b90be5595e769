// A require hook: an import hook would cost this thread a second thread of its own.
require('tsx/cjs/api').register();
require('./worker.ts');
