import { register } from 'tsx/esm/api';
register();
await import('./sheet.worker.ts');
