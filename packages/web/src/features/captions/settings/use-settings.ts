import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { chainMembers } from '../../../lib/captioners/chain-members.ts'
import { captioningRulesQuery } from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { promptsQuery } from '../../../lib/prompts/list-prompts.ts'
import { useServices } from '../../../lib/services/services.ts'
import { type Choices, readChoices, resolveChoices, writeChoices } from './choices.ts'

/** How the next captions are to be written. The choices are remembered in this browser. */
export function useSettings() {
  const { client } = useServices()
  const { data: captioners, error } = useQuery(captionersQuery(client))
  const { data: rules } = useQuery(captioningRulesQuery(client))
  const { data: prompts = noPrompts } = useQuery(promptsQuery(client))
  const [choices, setChoices] = useState(() => readChoices(localStorage))

  const chain = useMemo(
    () => (rules && captioners ? chainMembers(rules.chain, captioners) : []),
    [rules, captioners],
  )
  const resolved = useMemo(
    () => resolveChoices(choices, { captioners: captioners ?? [], chain, prompts }),
    [choices, captioners, chain, prompts],
  )
  const choose = (change: Partial<Choices>) => {
    const next = { ...choices, ...change }
    writeChoices(localStorage, next)
    setChoices(next)
  }
  return { captioners: rules && captioners, error, chain, choices, ...resolved, choose }
}

const noPrompts: [] = []
