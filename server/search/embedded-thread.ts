import { Worker } from 'node:worker_threads';
import { fault } from './fault.rules.ts';
import type { WorkerCall, WorkerCalls, WorkerReply, WorkerRequests } from './embedded-protocol.ts';

/** A worker thread that holds an index, and the calls that it has not answered yet. */
export interface Thread {
  /** Rejects with a `SearchFault`, also when the thread ends before it answers. */
  ask<C extends WorkerCall>(call: C, ask: WorkerCalls[C]['ask']): Promise<WorkerCalls[C]['answer']>;
  /** Whether it has ended by itself. */
  isGone(): boolean;
  end(): Promise<void>;
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** A new thread with no index. */
export function startThread(): Thread {
  const worker = new Worker(new URL('./embedded-worker.cjs', import.meta.url));
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isGone = false;
  let asked: WorkerRequests = [];
  const send = () => {
    worker.postMessage(JSON.stringify(asked), []);
    asked = [];
  };
  const fail = (reason: string) => {
    isGone = true;
    for (const call of waiting.values()) call.reject(fault('failed', reason));
    waiting.clear();
  };
  worker.on('message', (text: string) => {
    const reply = JSON.parse(text) as WorkerReply;
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.fault) call?.reject(fault(reply.fault.code, reply.fault.message));
    else call?.resolve(reply.answer);
  });
  worker.on('error', (error) => fail(`the search worker failed: ${error.message}`));
  worker.on('exit', () => fail('the search worker has ended'));
  return {
    async ask<C extends WorkerCall>(call: C, ask: WorkerCalls[C]['ask']) {
      if (isGone) throw fault('not_ready', 'the search worker has ended');
      const id = ++lastId;
      const answer = await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        // What is asked at the same moment goes together: to wake the other thread is the dearest part of it.
        if (asked.push({ id, call, ask }) === 1) queueMicrotask(send);
      });
      return answer as WorkerCalls[C]['answer'];
    },
    isGone: () => isGone,
    end: async () => void (await worker.terminate()),
  };
}
