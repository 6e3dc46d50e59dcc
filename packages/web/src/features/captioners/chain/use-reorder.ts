import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useAnnounce } from '../../../lib/notices.ts'
import { dropIndex } from './drop-index.ts'
import { moveItem } from './move-item.ts'

type Options = {
  /** Unique, in their order. */
  names: readonly string[]
  onReorder: (names: string[]) => void
}

/** A row that is being moved, and the order as it would be. */
type Lifted = { name: string; names: readonly string[]; by: 'pointer' | 'keys' }

/** What a handle needs: drag with the pointer, or Space, arrows, Space; Escape puts everything back. */
export function useReorder({ names, onReorder }: Options) {
  const [lifted, setLifted] = useState<Lifted>()
  const rows = useRef(new Map<string, HTMLElement>())
  const announce = useAnnounce()
  const order = lifted?.names ?? names

  const tell = (name: string, list: readonly string[]) =>
    `${name}, position ${list.indexOf(name) + 1} of ${list.length}`

  function lift(name: string, by: Lifted['by']) {
    setLifted({ name, names, by })
    announce(`Picked up ${tell(name, names)}. Arrows move it, Space drops it, Escape cancels.`)
  }
  function shift(to: number) {
    if (!lifted) return
    const moved = moveItem(lifted.names, lifted.names.indexOf(lifted.name), to)
    if (moved.every((name, index) => name === lifted.names[index])) return
    setLifted({ ...lifted, names: moved })
    announce(`${tell(lifted.name, moved)}.`)
  }
  function drop() {
    if (!lifted) return
    setLifted(undefined)
    announce(`Dropped ${tell(lifted.name, lifted.names)}.`)
    if (lifted.names.some((name, index) => name !== names[index])) onReorder([...lifted.names])
  }
  function cancel() {
    if (!lifted) return
    setLifted(undefined)
    announce(`Canceled. ${tell(lifted.name, names)}.`)
  }

  function handleKey(event: KeyboardEvent, name: string) {
    const isLifted = lifted?.name === name
    const at = order.indexOf(name)
    if (event.key === ' ' || event.key === 'Enter') isLifted ? drop() : lift(name, 'keys')
    else if (!isLifted) return
    else if (event.key === 'ArrowUp') shift(at - 1)
    else if (event.key === 'ArrowDown') shift(at + 1)
    else if (event.key === 'Escape') cancel()
    else return
    event.preventDefault()
  }
  function handleMove(event: PointerEvent, name: string) {
    if (lifted?.by !== 'pointer' || lifted.name !== name) return
    const others = lifted.names.filter((each) => each !== name)
    const middles = others.flatMap((each) => {
      const box = rows.current.get(each)?.getBoundingClientRect()
      return box ? [box.top + box.height / 2] : []
    })
    shift(dropIndex(middles, event.clientY))
  }

  return {
    /** The names as they are shown now. */
    order,
    lifted: lifted?.name,
    rowRef: (name: string) => (element: HTMLElement | null) => {
      if (element) rows.current.set(name, element)
      else rows.current.delete(name)
    },
    handleProps: (name: string) => ({
      'aria-pressed': lifted?.name === name,
      onKeyDown: (event: KeyboardEvent) => handleKey(event, name),
      // Tab away from a row in the air is a change of mind.
      onBlur: () => lifted?.by === 'keys' && cancel(),
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        lift(name, 'pointer')
      },
      onPointerMove: (event: PointerEvent) => handleMove(event, name),
      onPointerUp: () => lifted?.by === 'pointer' && drop(),
      onPointerCancel: cancel,
    }),
  }
}
