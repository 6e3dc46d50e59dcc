import type { CaptionerInfo, Privacy } from '@descry/contract'
import { describeDestination } from '../../../lib/captioners/describe-destination.ts'

type Props = {
  privacy: Privacy
  captioners: readonly CaptionerInfo[]
  onSave: (privacy: Privacy, message: string) => void
}

const choices = [
  {
    pixels: 'anywhere',
    title: 'Anywhere',
    text: 'Images may be sent to any captioner.',
    message: 'Images may go to any captioner.',
  },
  {
    pixels: 'these-captioners',
    title: 'To chosen captioners only',
    text: 'And to those that run on this machine.',
    message: 'Images may go to the chosen captioners only.',
  },
  {
    pixels: 'this-machine',
    title: 'This machine only',
    text: 'No image is sent anywhere.',
    message: 'Images stay on this machine.',
  },
] as const satisfies readonly { pixels: Privacy['pixels']; [word: string]: string }[]

/** Which captioners images may be sent to. */
export function DestinationRules({ privacy, captioners, onSave }: Props) {
  const senders = captioners.filter(({ sendsPixelsTo }) => sendsPixelsTo !== null)
  return (
    <fieldset className="flex max-w-2xl flex-col">
      <legend className="sr-only">Where images may go</legend>
      {choices.map(({ pixels, title, text, message }) => (
        <div key={pixels} className="border-b border-n3 first-of-type:border-t">
          <label className="flex cursor-pointer items-start gap-3 py-3">
            <input
              type="radio"
              name="pixels"
              checked={privacy.pixels === pixels}
              onChange={() => onSave({ ...privacy, pixels }, message)}
              className="mt-1.5 accent-ink"
            />
            <span>
              <span className="block font-medium">{title}</span>
              <span className="block text-small text-n7">{text}</span>
            </span>
          </label>
          {pixels === 'these-captioners' && privacy.pixels === pixels && (
            <SenderChoice
              senders={senders}
              chosen={privacy.captioners}
              onChoose={(names, changed) => onSave({ ...privacy, captioners: names }, changed)}
            />
          )}
        </div>
      ))}
    </fieldset>
  )
}

type SendersProps = {
  senders: readonly CaptionerInfo[]
  chosen: readonly string[]
  onChoose: (names: string[], message: string) => void
}

function SenderChoice({ senders, chosen, onChoose }: SendersProps) {
  if (senders.length === 0) {
    return (
      <p className="pb-3 pl-7 text-small text-n7">
        No captioner sends images elsewhere. One that is added later is not allowed until it is
        chosen here.
      </p>
    )
  }
  return (
    <ul aria-label="Captioners that images may be sent to" className="pb-3 pl-7">
      {senders.map(({ name, sendsPixelsTo }) => {
        const isOn = chosen.includes(name)
        return (
          <li key={name}>
            <label className="flex cursor-pointer items-start gap-3 py-1.5 pointer-coarse:py-2.5">
              <input
                type="checkbox"
                checked={isOn}
                onChange={() =>
                  isOn
                    ? onChoose(
                        chosen.filter((each) => each !== name),
                        `${name} may no longer be sent images.`,
                      )
                    : onChoose([...chosen, name], `${name} may be sent images.`)
                }
                className="mt-1 accent-ink"
              />
              <span className="min-w-0 text-small wrap-anywhere">
                {name}
                <span className="block text-n7">{describeDestination(sendsPixelsTo).text}</span>
              </span>
            </label>
          </li>
        )
      })}
    </ul>
  )
}
