require('tsx/cjs/api').register();
require('./store-scan-worker.ts');
