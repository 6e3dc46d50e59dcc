import { deletePrompt, listPrompts, savePrompt } from '../../db/prompts.ts'
import type { PromptRow } from '../../db/tables.ts'
import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { route } from '../route.ts'

export const promptRoutes = [
  route('listPrompts', async ({ deps, caller }) => allPrompts(deps, caller.organizationId)),

  route('savePrompt', async ({ deps, caller, params, body }) => {
    if (body.name !== params.name) {
      throw new AppError('invalid-input', 'The name in the address is not that of the prompt.')
    }
    await savePrompt(deps.db, caller.organizationId, body)
    return allPrompts(deps, caller.organizationId)
  }),

  route('removePrompt', async ({ deps, caller, params: { name } }) => {
    const removed = await deletePrompt(deps.db, caller.organizationId, name)
    if (!removed) throw notFound('prompt', name)
    return allPrompts(deps, caller.organizationId)
  }),
]

async function allPrompts({ db }: Deps, organizationId: string) {
  return { items: (await listPrompts(db, organizationId)).map(toPrompt) }
}

const toPrompt = ({ name, style, template, updated_at }: PromptRow) => ({
  name,
  style,
  template,
  updatedAt: updated_at.toISOString(),
})
