import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useAnnounce } from '../../../lib/services/notices.ts'
import { dropIndex, moveItem } from './reorder.ts'

type Options = {
  /** Unique names, in order. */
  names: readonly string[]
  onReorder: (names: string[]) => void
}

/** The row that is being moved, and the order if it is dropped now. */
type Dragged = { name: string; names: readonly string[]; by: 'pointer' | 'keys' }

/** Reorders rows by their handles: by dragging, or with Space, arrow keys and Space. Escape cancels. */
export function useReorder({ names, onReorder }: Options) {
  const [dragged, setDragged] = useState<Dragged>()
  const rows = useRef(new Map<string, HTMLElement>())
  const announce = useAnnounce()
  const order = dragged?.names ?? names

  const describePosition = (name: string, list: readonly string[]) =>
    `${name}, position ${list.indexOf(name) + 1} of ${list.length}`

  function pickUp(name: string, by: Dragged['by']) {
    setDragged({ name, names, by })
    announce(
      `Picked up ${describePosition(name, names)}. Arrows move it, Space drops it, Escape cancels.`,
    )
  }
  function moveTo(to: number) {
    if (!dragged) return
    const moved = moveItem(dragged.names, dragged.names.indexOf(dragged.name), to)
    if (moved.every((name, index) => name === dragged.names[index])) return
    setDragged({ ...dragged, names: moved })
    announce(`${describePosition(dragged.name, moved)}.`)
  }
  function drop() {
    if (!dragged) return
    setDragged(undefined)
    announce(`Dropped ${describePosition(dragged.name, dragged.names)}.`)
    if (dragged.names.some((name, index) => name !== names[index])) onReorder([...dragged.names])
  }
  function cancel() {
    if (!dragged) return
    setDragged(undefined)
    announce(`Canceled. ${describePosition(dragged.name, names)}.`)
  }

  function handleKey(event: KeyboardEvent, name: string) {
    const isDragged = dragged?.name === name
    const at = order.indexOf(name)
    if (event.key === ' ' || event.key === 'Enter') isDragged ? drop() : pickUp(name, 'keys')
    else if (!isDragged) return
    else if (event.key === 'ArrowUp') moveTo(at - 1)
    else if (event.key === 'ArrowDown') moveTo(at + 1)
    else if (event.key === 'Escape') cancel()
    else return
    event.preventDefault()
  }
  function handleMove(event: PointerEvent, name: string) {
    if (dragged?.by !== 'pointer' || dragged.name !== name) return
    const others = dragged.names.filter((each) => each !== name)
    const middles = others.flatMap((each) => {
      const box = rows.current.get(each)?.getBoundingClientRect()
      return box ? [box.top + box.height / 2] : []
    })
    moveTo(dropIndex(middles, event.clientY))
  }

  return {
    /** The names in the order in which they are shown. */
    order,
    dragged: dragged?.name,
    rowRef: (name: string) => (element: HTMLElement | null) => {
      if (element) rows.current.set(name, element)
      else rows.current.delete(name)
    },
    handleProps: (name: string) => ({
      'aria-pressed': dragged?.name === name,
      onKeyDown: (event: KeyboardEvent) => handleKey(event, name),
      // Leaving the row while it is picked up cancels the move.
      onBlur: () => dragged?.by === 'keys' && cancel(),
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        pickUp(name, 'pointer')
      },
      onPointerMove: (event: PointerEvent) => handleMove(event, name),
      onPointerUp: () => dragged?.by === 'pointer' && drop(),
      onPointerCancel: cancel,
    }),
  }
}
