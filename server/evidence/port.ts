/** The bytes of files, each kept once under its hash. */
export interface FileStore {
  /**
   * Keeps the bytes, unless they are there. Until a record names them, which `hold` says, they wait to be swept away; so a
   * process that dies in between leaves nothing for good.
   */
  keep(hash: string, bytes: Uint8Array, now: string): Promise<void>;
  /** A record names the bytes that were kept at that instant. */
  hold(hash: string, keptAt: string): Promise<void>;
  /** A record that names the bytes is about to be removed. */
  release(hash: string, now: string): Promise<void>;
  /** Null where there are none. */
  read(hash: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Deletes what has waited since before the instant and is named by no record, and what was never written to its end; how much. */
  sweep(before: string, isNamed: (hash: string) => Promise<boolean>): Promise<number>;
}
