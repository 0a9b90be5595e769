import { register } from 'tsx/esm/api';

register();
const { buildClientIfChanged } = await import('../../server/client-build.ts');

/** Builds the client once before tests that start the server, which would else build it side by side. */
export default () => buildClientIfChanged(() => {});
