import { untilAborted } from './wait.ts'

type Flight<Result> = {
  result: Promise<Result>
  /** Ends the work when nobody waits for it any more. */
  controller: AbortController
  waiting: number
}

type Options = {
  /** A result is handed out for so long after it came: until then, who asked first may not have stored it. */
  keepMs: number
}

/** Does work once that several callers ask for at the same time. What failed is not kept. */
export function singleFlight<Result>({ keepMs }: Options) {
  const flights = new Map<string, Flight<Result>>()

  function start(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController()
    const flight = { result: work(controller.signal), controller, waiting: 0 }
    flights.set(key, flight)
    const end = () => {
      if (flights.get(key) === flight) flights.delete(key)
    }
    controller.signal.addEventListener('abort', end)
    flight.result.then(() => setTimeout(end, keepMs).unref(), end)
    return flight
  }

  return {
    /**
     * `joined`: somebody else had begun the work. Rejects with the reason of the caller's signal; the
     * others go on waiting.
     */
    async run(
      key: string,
      work: (signal: AbortSignal) => Promise<Result>,
      signal: AbortSignal,
    ): Promise<{ result: Result; joined: boolean }> {
      signal.throwIfAborted()
      const begun = flights.get(key)
      const flight = begun ?? start(key, work)
      flight.waiting += 1
      try {
        const result = await untilAborted(flight.result, signal)
        return { result, joined: begun !== undefined }
      } finally {
        flight.waiting -= 1
        if (signal.aborted && flight.waiting === 0) flight.controller.abort(signal.reason)
      }
    },
  }
}
