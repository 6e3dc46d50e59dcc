import { parentPort } from 'node:worker_threads'
import '../../src/vlm/vlm-worker.ts'

/** The message that ends this thread as a bug of ours would. */
parentPort!.on('message', (message: unknown) => {
  if (message === 'die') throw new Error('told to die')
})
