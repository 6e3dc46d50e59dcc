import { useLayoutEffect, useRef, useState } from 'react'
import { type DroppedContent, readDroppedFiles } from './dropped-files.ts'

type Handlers = { onFiles: (files: File[], folder?: string) => void; onUrl: (url: string) => void }

/** Receives images dropped or pasted anywhere on the page. Returns whether files are dragged over it. */
export function useIncomingImages(handlers: Handlers): boolean {
  const [isOver, setIsOver] = useState(false)
  const latest = useRef(handlers)
  useLayoutEffect(() => {
    latest.current = handlers
  })

  useLayoutEffect(() => {
    // Every child fires its own enter and leave events, so only their balance says whether the pointer is
    // over the page.
    let depth = 0
    const controller = new AbortController()
    const { signal } = controller
    const listen = <Name extends keyof WindowEventMap>(
      name: Name,
      listener: (event: WindowEventMap[Name]) => void,
    ) => window.addEventListener(name, listener, { signal })

    listen('dragenter', (event) => {
      event.preventDefault()
      depth++
      setIsOver(true)
    })
    listen('dragleave', () => {
      depth = Math.max(0, depth - 1)
      if (depth === 0) setIsOver(false)
    })
    listen('dragover', (event) => event.preventDefault())
    listen('drop', async (event) => {
      event.preventDefault()
      depth = 0
      setIsOver(false)
      if (!event.dataTransfer) return
      deliver(latest.current, await readDroppedFiles(event.dataTransfer))
    })
    listen('paste', (event) => {
      const isTyping = (event.target as Element | null)?.closest('input, textarea')
      const files = [...(event.clipboardData?.files ?? [])]
      if (isTyping && files.length === 0) return
      const text = event.clipboardData?.getData('text/plain').trim() ?? ''
      deliver(latest.current, {
        files,
        folder: undefined,
        url: /^https?:\/\/\S+$/.test(text) ? text : undefined,
      })
    })
    return () => controller.abort()
  }, [])

  return isOver
}

function deliver({ onFiles, onUrl }: Handlers, { files, folder, url }: DroppedContent) {
  if (files.length > 0) onFiles(files, folder)
  else if (url) onUrl(url)
}
