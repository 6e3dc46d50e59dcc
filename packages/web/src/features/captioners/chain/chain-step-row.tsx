import type { CaptionerInfo, Style } from '@descry/contract'
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react'
import type { ComponentProps, Ref } from 'react'
import { Button } from '../../../components/button.tsx'
import { DestinationBadge, ForbiddenNote } from '../../../components/destination-badge.tsx'
import { StyleChips } from '../../../components/style-chips.tsx'
import { kindLabels } from '../kinds.ts'

type Props = {
  name: string
  /** Absent: it is disabled or was removed. */
  captioner: CaptionerInfo | undefined
  styles: readonly Style[] | undefined
  place: { index: number; total: number }
  isDragged: boolean
  rowRef: Ref<HTMLLIElement>
  handleProps: ComponentProps<'button'>
  onMove: (to: number) => void
  onStyles: (styles: Style[] | undefined) => void
  onRemove: () => void
}

/** A captioner of the chain: its position, the ways to move it, and the styles it is asked for. */
export function ChainStepRow(props: Props) {
  const { name, captioner, styles, place, isDragged, onMove, onStyles, onRemove } = props
  const { index, total } = place
  const offered = captioner?.styles ?? []
  return (
    <li
      ref={props.rowRef}
      aria-label={name}
      className={`flex gap-1 rounded-md border bg-n0 py-3 pr-3 transition-colors sm:gap-2 ${isDragged ? 'relative z-10 border-ink shadow-lg' : 'border-n4'}`}
    >
      <button
        type="button"
        {...props.handleProps}
        aria-label={`Move ${name}, position ${index + 1} of ${total}`}
        aria-describedby="reorder-keys"
        className="grid w-10 shrink-0 cursor-grab touch-none place-items-center self-stretch rounded-sm text-n6 hover:text-n9 active:cursor-grabbing pointer-coarse:w-11"
      >
        <GripVertical size={16} aria-hidden />
      </button>
      <div className="flex min-w-0 grow flex-col gap-2">
        <div className="flex items-start justify-between gap-2">
          <div className="min-w-0">
            <p className="font-medium wrap-anywhere">
              <span className="mr-2 text-n7">{index + 1}</span>
              {name}
            </p>
            <p className="text-small text-n7">
              {captioner ? kindLabels[captioner.kind] : 'Disabled or removed, so it is skipped.'}
            </p>
          </div>
          <StepButtons name={name} place={place} onMove={onMove} onRemove={onRemove} />
        </div>
        {captioner && <DestinationBadge host={captioner.sendsPixelsTo} />}
        {captioner?.mayBeAsked === false && <ForbiddenNote />}
        {offered.length > 1 && (
          <StyleChips
            legend={`Styles of ${name}`}
            isCompact
            offered={offered}
            chosen={styles ?? offered}
            onChoose={(next) => onStyles(next.length === offered.length ? undefined : next)}
          />
        )}
      </div>
    </li>
  )
}

type StepButtonsProps = Pick<Props, 'name' | 'place' | 'onMove' | 'onRemove'>

function StepButtons({ name, place: { index, total }, onMove, onRemove }: StepButtonsProps) {
  return (
    <div className="-mt-1.5 -mr-1 flex shrink-0">
      <IconButton
        label={`Move ${name} up`}
        onClick={() => onMove(index - 1)}
        disabled={index === 0}
      >
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${name} down`}
        onClick={() => onMove(index + 1)}
        disabled={index === total - 1}
      >
        <ArrowDown size={16} aria-hidden />
      </IconButton>
      <IconButton label={`Remove ${name} from the chain`} onClick={onRemove} disabled={total === 1}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}

function IconButton({ label, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <Button
      variant="ghost"
      aria-label={label}
      title={label}
      className="px-2 pointer-coarse:min-w-11"
      {...rest}
    />
  )
}
