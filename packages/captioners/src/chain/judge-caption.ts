import { checkReply } from '../quality/check-reply.ts'
import type { Judge } from './judge.ts'

type Asked = { trigger?: string | undefined; language?: string | undefined }

/** The quality gate as chains ask it: which answers may be stored, and in which words. */
export const judgeCaption =
  ({ trigger, language }: Asked): Judge =>
  ({ text, finish }, { style, prompt }) =>
    checkReply({ text, finish }, { style, trigger, language, prompt })
