import { z } from 'zod'
import type { VlmDtypes } from './vlm-dtypes.ts'

/** What is common to all models that are built alike. */
type Family = {
  /** How it is told what to write; `nothing`: it writes what it was trained to. */
  told: 'nothing' | 'task' | 'prompt'
  /** Kinds of text that it writes, by the names of our styles. */
  styles: readonly ('concise' | 'creative' | 'alt' | 'training')[]
  /** Its graphs, and in which formats they are pulled where nothing else is said. */
  dtypes: VlmDtypes
  /** Files that it cannot be loaded without, beside the graphs. */
  files: readonly string[]
}

const files = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json']

export const vlmFamilies = {
  'vit-gpt2': {
    told: 'nothing',
    styles: ['concise'],
    dtypes: { encoder_model: 'q8', decoder_model_merged: 'q8' },
    files,
  },
  /**
   * Formats as in the model card of onnx-community/Florence-2-base-ft, which keeps the part that sees
   * from being quantized; fp32 where it says fp16, which ONNX Runtime refuses at times on a CPU
   * (transformers.js issue 1698).
   */
  'florence-2': {
    told: 'task',
    styles: ['concise', 'training'],
    dtypes: {
      vision_encoder: 'fp32',
      embed_tokens: 'fp32',
      encoder_model: 'q4',
      decoder_model_merged: 'q4',
    },
    files,
  },
  /** Its fp16 and q4f16 files are said to write nonsense; q4 are not. */
  smolvlm: {
    told: 'prompt',
    styles: ['concise', 'creative', 'alt', 'training'],
    dtypes: { vision_encoder: 'q4', embed_tokens: 'q4', decoder_model_merged: 'q4' },
    files: [...files, 'processor_config.json'],
  },
} as const satisfies Record<string, Family>

export type VlmFamily = keyof typeof vlmFamilies
export const VlmFamily = z.enum(Object.keys(vlmFamilies) as [VlmFamily, ...VlmFamily[]])

/** The tasks of Florence-2 whose answer is a text about the whole picture. */
export const florenceTasks = ['<CAPTION>', '<DETAILED_CAPTION>', '<MORE_DETAILED_CAPTION>'] as const
export type FlorenceTask = (typeof florenceTasks)[number]
