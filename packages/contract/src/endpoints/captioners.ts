import { z } from 'zod'
import { CaptionerList } from '../captioner.ts'
import { CaptionerName } from '../captioner-settings.ts'
import {
  CaptionerSetup,
  CaptionerTest,
  CaptioningRules,
  ConfiguredCaptioner,
  ConfiguredCaptionerList,
  Estimate,
  EstimateRequest,
  Nothing,
  SentImage,
  SentImageQuery,
} from '../captioning.ts'
import { endpoints } from '../endpoint.ts'
import { page } from '../page.ts'

const params = z.object({ name: CaptionerName })

export const captionerEndpoints = endpoints({
  listCaptioners: {
    method: 'GET',
    path: '/api/captioners',
    tag: 'Captioners',
    summary: 'List the captioners available here, the default first',
    permission: 'captioners:read',
    response: CaptionerList,
    errors: [],
  },
  listConfiguredCaptioners: {
    method: 'GET',
    path: '/api/captioners/configured',
    alsoAt: '/api/captioner-settings',
    tag: 'Captioners',
    summary: 'List the captioners configured here, without their keys',
    permission: 'captioners:read',
    response: ConfiguredCaptionerList,
    errors: [],
  },
  saveCaptioner: {
    method: 'PUT',
    path: '/api/captioners/:name',
    alsoAt: '/api/captioner-settings/:name',
    tag: 'Captioners',
    summary: 'Add or change a captioner; its key is stored encrypted',
    permission: 'captioners:write',
    params,
    body: CaptionerSetup,
    response: ConfiguredCaptioner,
    errors: ['conflict'],
    example: {
      params: { name: 'local-qwen' },
      body: {
        settings: {
          name: 'local-qwen',
          kind: 'openai-compatible',
          baseUrl: 'http://127.0.0.1:11434/v1',
          model: 'qwen2.5vl:3b',
        },
      },
    },
  },
  removeCaptioner: {
    method: 'DELETE',
    path: '/api/captioners/:name',
    alsoAt: '/api/captioner-settings/:name',
    tag: 'Captioners',
    summary: 'Remove a captioner and its key',
    permission: 'captioners:write',
    params,
    response: Nothing,
    errors: ['not-found', 'conflict'],
  },
  testCaptioner: {
    method: 'POST',
    path: '/api/captioners/test',
    alsoAt: '/api/captioner-settings/test',
    tag: 'Captioners',
    summary: 'Try a captioner, saved or not, on a sample image',
    permission: 'captioners:write',
    body: CaptionerSetup,
    response: CaptionerTest,
    errors: [],
    example: {
      body: {
        settings: {
          name: 'local-qwen',
          kind: 'openai-compatible',
          baseUrl: 'http://127.0.0.1:11434/v1',
          model: 'qwen2.5vl:3b',
        },
      },
    },
  },
  getCaptioningRules: {
    method: 'GET',
    path: '/api/captioning-rules',
    tag: 'Captioners',
    summary: 'Read the chain, the privacy rules and the budgets',
    permission: 'captioners:read',
    response: CaptioningRules,
    errors: [],
  },
  saveCaptioningRules: {
    method: 'PUT',
    path: '/api/captioning-rules',
    tag: 'Captioners',
    summary: 'Replace the chain, the privacy rules and the budgets',
    permission: 'captioners:write',
    body: CaptioningRules,
    response: CaptioningRules,
    errors: [],
    example: {
      body: { chain: null, privacy: { pixels: 'this-machine' }, budgets: { perMonth: 10 } },
    },
  },
  listSentImages: {
    method: 'GET',
    path: '/api/sent-images',
    tag: 'Captioners',
    summary: 'List which images were sent to providers, where and when, newest first',
    permission: 'captioners:read',
    query: SentImageQuery,
    response: page(SentImage),
    errors: [],
  },
  estimateCaptions: {
    method: 'POST',
    path: '/api/estimates',
    tag: 'Captioners',
    summary: 'Estimate what captioning will cost and how long it will take',
    permission: 'captioners:read',
    body: EstimateRequest,
    response: Estimate,
    errors: [],
    example: { body: { images: 1000, styles: ['training'] } },
  },
})
