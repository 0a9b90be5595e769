// Loaded into every thread of an engine's process: the engine says, when asked, which names are on the prototypes that everything shares.
const { BroadcastChannel, isMainThread, workerData } = require('node:worker_threads');

const channel = new BroadcastChannel('prototypes');
const shared = [Object, Array, Function, String, Number, Boolean, Map, Set, Promise, Error, Buffer, Uint8Array];
const names = () =>
  shared.flatMap((one) =>
    [one, one.prototype].map((holder) => `${one.name}: ${Reflect.ownKeys(holder).map(String).join(' ')}`),
  );

if (isMainThread) {
  process.stdin.on('data', () => channel.postMessage('asked', []));
  channel.addEventListener('message', ({ data }) => process.stdout.write(`prototypes ${JSON.stringify(data)}\n`));
} else if (workerData?.folder) channel.addEventListener('message', () => channel.postMessage(names(), []));
channel.unref();
