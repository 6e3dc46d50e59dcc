import { Chain } from '@descry/contract'
import { NumberField } from '../../../components/number-field.tsx'
import { Switch } from '../../../components/switch.tsx'

type Props = { chain: Chain; onSave: (part: Partial<Chain>, message: string) => void }

/** How long the whole chain may take, and whether a refusal is the end of it. */
export function ChainOptions({ chain, onSave }: Props) {
  const { timeoutSeconds, fallThroughRefusals } = chain
  return (
    <div className="mt-8 flex flex-col gap-6 border-t border-n4 pt-6">
      <div>
        <Switch
          isOn={fallThroughRefusals}
          label="Ask the next one when a captioner refuses"
          onChange={(isOn) =>
            onSave(
              { fallThroughRefusals: isOn },
              isOn ? 'A refusal goes on to the next captioner.' : 'A refusal is the end.',
            )
          }
        >
          <span className="font-medium">Ask the next one when a captioner refuses</span>
        </Switch>
        <p className="measure text-small text-n7">
          Off, an image that one captioner refuses, or that its content filter stops, is shown to
          nobody else: the refusal is the answer. On, the next captioner is asked about it as well.
        </p>
      </div>
      <NumberField
        label="Deadline of the chain"
        hint="Seconds for all captioners together."
        value={timeoutSeconds}
        schema={Chain.shape.timeoutSeconds.unwrap()}
        onSave={(seconds) =>
          seconds !== undefined &&
          onSave({ timeoutSeconds: seconds }, `The chain ends after ${seconds} s.`)
        }
      />
    </div>
  )
}
