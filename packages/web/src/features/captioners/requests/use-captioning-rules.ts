import { useQuery } from '@tanstack/react-query'
import { captioningRulesQuery } from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services/services.ts'
import { useChangeRules } from './use-change-rules.ts'

/** The rules, the captioners that they are about, and how to change them. */
export function useCaptioningRules() {
  const { client } = useServices()
  const captioners = useQuery(captionersQuery(client))
  const rules = useQuery(captioningRulesQuery(client))
  return {
    captioners: captioners.data,
    rules: rules.data,
    loadError: captioners.error ?? rules.error,
    ...useChangeRules(),
  }
}
