import type { CaptionerInfo } from '@descry/contract'

/** Kinds of captioners as people call them. */
export const kindLabels = {
  'openai-compatible': 'OpenAI-compatible server',
  google: 'Google Gemini',
  anthropic: 'Anthropic Claude',
  bedrock: 'Amazon Bedrock',
  sagemaker: 'Amazon SageMaker',
  rekognition: 'Amazon Rekognition',
  huggingface: 'Hugging Face',
  'local-vlm': 'Local vision-language model',
  model: 'Trained model',
  builtin: 'Built-in model',
  basic: 'Measures pixels only',
} as const satisfies Record<CaptionerInfo['kind'], string>
