/** Reads the event stream until it ends or `stop` is called. */
export async function listenToEvents(url: string) {
  const controller = new AbortController()
  const response = await fetch(`${url}/api/events`, { signal: controller.signal })
  let text = ''
  const ended = read()

  async function read(): Promise<void> {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
    } catch {} // stopped, or the server went away: both are an end
  }

  return {
    status: response.status,
    /** Everything that was heard so far. */
    text: () => text,
    ended,
    async stop(): Promise<void> {
      controller.abort()
      await ended
    },
  }
}
