import type { CaptionerInfo } from '@descry/contract'
import { useRef } from 'react'
import { AddStep } from './add-step.tsx'
import { ChainStepRow } from './chain-step-row.tsx'
import type { Step } from './chain-steps.ts'
import { moveItem } from './move-item.ts'
import { useReorder } from './use-reorder.ts'

type Props = {
  steps: readonly Step[]
  captioners: readonly CaptionerInfo[]
  addable: readonly CaptionerInfo[]
  onSave: (steps: Step[], message: string) => void
}

/** The steps in their order, to be moved by pointer or by keys. */
export function ChainOrder({ steps, captioners, addable, onSave }: Props) {
  const listRef = useRef<HTMLOListElement>(null)
  const names = steps.map(({ captioner }) => captioner)
  const stepOf = (name: string) =>
    steps.find(({ captioner }) => captioner === name) ?? { captioner: name }
  const save = (order: readonly string[], message: string) => onSave(order.map(stepOf), message)
  const { order, lifted, rowRef, handleProps } = useReorder({
    names,
    onReorder: (next) => save(next, `The order is now ${next.join(', ')}.`),
  })
  return (
    <>
      <p id="reorder-keys" className="sr-only">
        Space picks it up, arrows move it, Space drops it, Escape cancels.
      </p>
      <ol
        ref={listRef}
        tabIndex={-1}
        aria-label="Chain"
        className="flex flex-col gap-2 outline-none"
      >
        {order.map((name, index) => {
          const { captioner: _, ...step } = stepOf(name)
          return (
            <ChainStepRow
              key={name}
              name={name}
              captioner={captioners.find((each) => each.name === name)}
              styles={step.styles}
              place={{ index, total: order.length }}
              isLifted={lifted === name}
              rowRef={rowRef(name)}
              handleProps={handleProps(name)}
              onMove={(to) => {
                const moved = moveItem(names, index, to)
                save(moved, `The order is now ${moved.join(', ')}.`)
              }}
              onStyles={(styles) =>
                onSave(
                  steps.map((each) =>
                    each.captioner === name ? { captioner: name, ...(styles && { styles }) } : each,
                  ),
                  `${name} is asked for ${styles ? styles.join(', ') : 'all it can write'}.`,
                )
              }
              onRemove={() => {
                save(
                  names.filter((each) => each !== name),
                  `${name} left the chain.`,
                )
                listRef.current?.focus() // the button that had it goes with its row
              }}
            />
          )
        })}
      </ol>
      <AddStep
        addable={addable}
        onAdd={(name) => onSave([...steps, { captioner: name }], `${name} joined the chain.`)}
      />
    </>
  )
}
