import type { VlmFamily } from '../../src/vlm/vlm-families.ts'
import type { FakeRepository } from '../fake-hub.ts'
import { tinyFlorence2 } from './tiny-florence-2.ts'
import { tinySmolvlm } from './tiny-smolvlm.ts'
import { tinyVitGpt2 } from './tiny-vit-gpt2.ts'

/** The smallest repositories of each family, which say what colour a picture has. */
export const tinyVlms: Record<VlmFamily, () => FakeRepository['files']> = {
  'vit-gpt2': tinyVitGpt2,
  'florence-2': tinyFlorence2,
  smolvlm: tinySmolvlm,
}
