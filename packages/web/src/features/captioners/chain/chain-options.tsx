import { Chain } from '@descry/contract'
import { NumberField } from '../../../components/number-field.tsx'
import { Switch } from '../../../components/switch.tsx'

type Props = { chain: Chain; onSave: (part: Partial<Chain>, message: string) => void }

/** How long the whole chain may take, and whether a refusal ends it. */
export function ChainOptions({ chain, onSave }: Props) {
  const { timeoutSeconds, fallThroughRefusals } = chain
  return (
    <div className="mt-8 flex flex-col gap-6 border-t border-n4 pt-6">
      <div>
        <Switch
          isOn={fallThroughRefusals}
          label="Ask the next captioner after a refusal"
          onChange={(isOn) =>
            onSave(
              { fallThroughRefusals: isOn },
              isOn ? 'After a refusal, the next captioner is asked.' : 'A refusal ends the chain.',
            )
          }
        >
          <span className="font-medium">Ask the next captioner after a refusal</span>
        </Switch>
        <p className="measure text-small text-n7">
          When off, an image that a captioner refuses, or that its content filter blocks, is sent to
          no other: the refusal is the result. When on, the next captioner is asked.
        </p>
      </div>
      <NumberField
        label="Timeout of the chain"
        hint="In seconds, for all captioners together."
        value={timeoutSeconds}
        schema={Chain.shape.timeoutSeconds.unwrap()}
        onSave={(seconds) =>
          seconds !== undefined &&
          onSave({ timeoutSeconds: seconds }, `The chain times out after ${seconds} s.`)
        }
      />
    </div>
  )
}
