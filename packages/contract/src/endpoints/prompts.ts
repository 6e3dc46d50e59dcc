import { z } from 'zod'
import { Prompt, PromptList } from '../captioning.ts'
import { endpoints } from '../endpoint.ts'

const params = z.object({ name: Prompt.shape.name })

export const promptEndpoints = endpoints({
  listPrompts: {
    method: 'GET',
    path: '/api/prompts',
    tag: 'Captioners',
    summary: 'List saved prompts',
    permission: 'captioners:read',
    response: PromptList,
    errors: [],
  },
  savePrompt: {
    method: 'PUT',
    path: '/api/prompts/:name',
    tag: 'Captioners',
    summary: 'Save a prompt under its name',
    permission: 'captioners:write',
    params,
    body: Prompt,
    response: PromptList,
    errors: [],
    example: {
      params: { name: 'short' },
      body: { name: 'short', style: 'concise', template: 'Describe the photo in ten words.' },
    },
  },
  removePrompt: {
    method: 'DELETE',
    path: '/api/prompts/:name',
    tag: 'Captioners',
    summary: 'Remove a prompt',
    permission: 'captioners:write',
    params,
    response: PromptList,
    errors: ['not-found'],
  },
})
