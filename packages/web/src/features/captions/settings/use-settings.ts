import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { chainMembers } from '../../../lib/captioners/chain-members.ts'
import { captioningRulesQuery } from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { promptsQuery } from '../../../lib/prompts/list-prompts.ts'
import { useServices } from '../../../lib/services.ts'
import { readSettings, resolveSettings, type Settings, writeSettings } from './settings.ts'

/** How the next captions are to be written, remembered in this browser. */
export function useSettings() {
  const { client } = useServices()
  const { data: captioners, error } = useQuery(captionersQuery(client))
  const { data: rules } = useQuery(captioningRulesQuery(client))
  const { data: prompts = noPrompts } = useQuery(promptsQuery(client))
  const [settings, setSettings] = useState(() => readSettings(localStorage))

  const chain = useMemo(
    () => (rules && captioners ? chainMembers(rules.chain, captioners) : []),
    [rules, captioners],
  )
  const resolved = useMemo(
    () => resolveSettings(settings, { captioners: captioners ?? [], chain, prompts }),
    [settings, captioners, chain, prompts],
  )
  const choose = (change: Partial<Settings>) => {
    const next = { ...settings, ...change }
    writeSettings(localStorage, next)
    setSettings(next)
  }
  return { captioners: rules && captioners, error, chain, settings, ...resolved, choose }
}

const noPrompts: [] = []
