import type { CaptionerInfo, Style } from '@descry/contract'
import { useRef } from 'react'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import { AddStep } from './add-step.tsx'
import { ChainStepRow } from './chain-step-row.tsx'
import type { Step } from './chain-steps.ts'
import { moveItem } from './reorder.ts'
import { useReorder } from './use-reorder.ts'

type Props = {
  steps: readonly Step[]
  captioners: readonly CaptionerInfo[]
  addable: readonly CaptionerInfo[]
  onSave: (steps: Step[], message: string) => void
}

/** The steps in order, which can be changed with the pointer or the keyboard. */
export function ChainOrder({ steps, captioners, addable, onSave }: Props) {
  const listRef = useRef<HTMLOListElement>(null)
  const names = steps.map(({ captioner }) => captioner)
  const stepOf = (name: string) =>
    steps.find(({ captioner }) => captioner === name) ?? { captioner: name }
  const save = (order: readonly string[], message: string) => onSave(order.map(stepOf), message)
  const { order, dragged, rowRef, handleProps } = useReorder({
    names,
    onReorder: (next) => save(next, `The order is now ${next.join(', ')}.`),
  })
  return (
    <>
      <p id="reorder-keys" className="sr-only">
        Press Space to pick it up, the arrow keys to move it, Space to drop it, Escape to cancel.
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
              isDragged={dragged === name}
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
                  `${name} is asked for ${styles ? nameStyles(styles) : 'every style it can write'}.`,
                )
              }
              onRemove={() => {
                save(
                  names.filter((each) => each !== name),
                  `Removed ${name} from the chain.`,
                )
                listRef.current?.focus() // the focused button disappears with its row
              }}
            />
          )
        })}
      </ol>
      <AddStep
        addable={addable}
        onAdd={(name) => onSave([...steps, { captioner: name }], `Added ${name} to the chain.`)}
      />
    </>
  )
}

const nameStyles = (styles: readonly Style[]) =>
  styles.map((style) => styleLabels[style].name).join(', ')
