import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { runningUri, type Address } from './address.ts';
import { dropUnfinishedIndexes } from './command-indexes.ts';
import { runCommand, type Engine } from './commands.ts';
import { createCursors } from './cursors.ts';
import { errorFields, StoreError } from './errors.ts';
import { Storage } from './storage.ts';
import { decodeMessage, encodeReply, readMessages, type Message } from './wire.ts';

const sockets = new Set<Socket>();
const running = new Set<Promise<void>>();
let isClosing = false;
const SHUTDOWN = { ok: 0, ...errorFields(new StoreError(91, 'the store is shutting down')) };

async function serve(engine: Engine, socket: Socket): Promise<void> {
  for await (const bytes of readMessages(socket)) {
    const work = answer(engine, socket, bytes);
    running.add(work);
    await work.finally(() => running.delete(work));
    // Nothing more is read from a client that does not take its answers: they would fill the memory.
    if (socket.writableNeedDrain) await new Promise((resolve) => socket.write('', resolve));
    if (socket.writableEnded || socket.destroyed) return;
  }
}

async function answer(engine: Engine, socket: Socket, bytes: Buffer): Promise<void> {
  const received = performance.now();
  let message: Message;
  try {
    message = decodeMessage(bytes);
  } catch (error) {
    // Whoever sends what cannot be read gets the reason and is then cut off.
    socket.end(encodeReply({ requestId: bytes.readInt32LE(4), opCode: 0 }, { ok: 0, ...errorFields(error) }));
    return;
  }
  const reply = isClosing ? SHUTDOWN : await runCommand(engine, message.body, received);
  if (!message.isSilent && !socket.destroyed) socket.write(encodeReply(message, reply));
}

function accept(engine: Engine, socket: Socket): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  // What ends here is a client that went away, or one whose bytes are no messages.
  serve(engine, socket).catch(() => socket.destroy());
}

/** Takes the address, inside LMDB's write lock: of two starts at once the second sees the first one's socket. False when it is taken. */
function takeAddress(storage: Storage, server: Server, address: Address): Promise<boolean> {
  const { socketPath, portFile } = address;
  return storage.root.transactionSync(async () => {
    if ((await runningUri(address)) !== null) return false;
    if (socketPath !== undefined) rmSync(socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(socketPath === undefined ? { port: 0, host: '127.0.0.1' } : { path: socketPath }, resolve);
    });
    if (socketPath !== undefined) chmodSync(socketPath, 0o600);
    const bound = server.address();
    if (portFile !== undefined && typeof bound === 'object')
      writeFileSync(portFile, String(bound?.port), { mode: 0o600 });
    return true;
  });
}

async function close(storage: Storage, server: Server): Promise<void> {
  isClosing = true;
  server.close();
  await Promise.allSettled(running);
  for (const socket of sockets) socket.destroy();
  await storage.root.close();
}

async function main(address: Address): Promise<void> {
  const storage = new Storage(address.folder);
  const engine: Engine = { storage, cursors: createCursors() };
  const server = createServer((socket) => accept(engine, socket));
  const isOwner = await takeAddress(storage, server, address);
  if (isOwner) await dropUnfinishedIndexes(storage);
  else await storage.root.close();
  parentPort?.once('message', () => {
    close(storage, server)
      .catch((error: unknown) => console.error('embedded store: not closed cleanly', error))
      .finally(() => parentPort?.postMessage('closed', []));
  });
  parentPort?.postMessage(isOwner ? 'listening' : 'taken', []);
}

// The last line of defence: whatever slips through ends one command, not the process that hosts the engine.
process.on('uncaughtException', (error) => console.error('embedded store: unexpected fault', error));
const address: Address = workerData;
main(address).catch((error: unknown) => {
  parentPort?.postMessage(error instanceof Error ? error.message : String(error), []);
});
