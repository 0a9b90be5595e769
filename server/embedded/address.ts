import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

/** Where an engine listens: a Unix socket, or on Windows a file that holds a loopback port. */
export type Address = { folder: string; socketPath?: string; portFile?: string };

/** LMDB's name for its file in a folder. */
export const DATA_FILE = 'data.mdb';

// A longer path is cut by the system without an error, and the socket is then somewhere else.
const LONGEST_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107;

/** The folder that holds a data folder's store. */
export const storeFolder = (dataFolder: string): string => join(dataFolder, 'store');

/** The address of the store in a folder, the same for every process that asks. Throws if the short folder belongs to someone else. */
export function addressOf(folder: string): Address {
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  if (process.platform === 'win32') return { folder: real, portFile: join(real, 'store.port') };
  const socketPath = join(real, 'store.sock');
  if (Buffer.byteLength(socketPath) <= LONGEST_SOCKET_PATH) return { folder: real, socketPath };
  return { folder: real, socketPath: join(shortFolder(real), 'store.sock') };
}

function shortFolder(real: string): string {
  const user = process.getuid?.() ?? 0;
  const name = createHash('sha256').update(real).digest('hex').slice(0, 16);
  // Not os.tmpdir(): it depends on the environment, and two processes must come to the same place.
  const folder = `/tmp/embedded-store-${user}-${name}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (!lstatSync(folder).isDirectory() || uid !== user || (mode & 0o077) !== 0)
    throw new Error(`${folder} is not a private folder of this user`);
  return folder;
}

/** The connection string of a running engine, or null where nothing listens. */
export async function runningUri(address: Address): Promise<string | null> {
  const { socketPath, portFile } = address;
  if (socketPath !== undefined)
    return (await isListening(() => connect(socketPath))) ? uri(encodeURIComponent(socketPath)) : null;
  if (portFile === undefined || !existsSync(portFile)) return null;
  const port = Number(readFileSync(portFile, 'utf8'));
  return (await isListening(() => connect(port, '127.0.0.1'))) ? uri(`127.0.0.1:${port}`) : null;
}

const uri = (host: string): string => `mongodb://${host}/xanh`;

/** The system accepts a connection as long as the owner lives, however busy it is; after its death it refuses at once. */
function isListening(open: () => Socket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = open();
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT' || error.code === 'ENOTSOCK') resolve(false);
      else if (error.code === 'EAGAIN') resolve(true);
      else reject(error);
    });
  });
}
