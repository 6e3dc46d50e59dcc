import type { FakeRepository } from '../fake-hub.ts'
import { readPlaces, readTokens } from './read-places.ts'
import { tinyWishes, WIDTH, writeEmbedding, writePicture } from './tiny-embedding.ts'
import { tinyGraph, typeIds } from './tiny-graph.ts'
import { type TinyTokenizer, tinyTokenizer } from './tiny-tokenizer.ts'
import { tinyWords, writeLogits } from './tiny-writer.ts'

/** A repository of the shape of onnx-community/Florence-2-base-ft; longer tasks get longer texts. */
export function tinyFlorence2(): FakeRepository['files'] {
  const words = [...tinyWords, ...tinyWishes]
  const special = ['<s>', '<pad>', '</s>']
  const tokenizer = tinyTokenizer({ words, special, around: ['<s>', '</s>'] })
  const { idOf } = tokenizer
  const ids = { bos_token_id: idOf('<s>'), pad_token_id: idOf('<pad>'), eos_token_id: idOf('</s>') }
  const text = {
    model_type: 'florence2_language',
    is_encoder_decoder: true,
    ...{ d_model: WIDTH, encoder_layers: 1, encoder_attention_heads: 1 },
    ...{ decoder_layers: 1, decoder_attention_heads: 1, max_position_embeddings: 1024 },
    ...ids,
    decoder_start_token_id: idOf('</s>'),
    forced_bos_token_id: idOf('<s>'),
    forced_eos_token_id: idOf('</s>'),
    ...{ num_beams: 3, no_repeat_ngram_size: 0 },
  }
  const config = {
    model_type: 'florence2',
    architectures: ['Florence2ForConditionalGeneration'],
    is_encoder_decoder: true,
    ...ids,
    text_config: text,
    vision_config: { model_type: 'davit' },
  }
  const specialTokens = { bos_token: '<s>', eos_token: '</s>', pad_token: '<pad>' }
  return {
    LICENSE: 'MIT',
    'config.json': JSON.stringify(config),
    'generation_config.json': JSON.stringify({ ...text, model_type: undefined }),
    'preprocessor_config.json': JSON.stringify(preprocessor),
    'tokenizer.json': tokenizer.json,
    'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'BartTokenizer', ...specialTokens }),
    'onnx/vision_encoder.onnx': writeVision(),
    'onnx/embed_tokens.onnx': writeEmbedding(tokenizer),
    'onnx/encoder_model_q4.onnx': writeEncoder(),
    'onnx/decoder_model_merged_q4.onnx': writeDecoder(tokenizer),
  }
}

/** The words of the tasks are those of the real one. */
const preprocessor = {
  processor_class: 'Florence2Processor',
  image_processor_type: 'CLIPImageProcessor',
  do_resize: true,
  size: { height: 8, width: 8 },
  sampleCaptions: 3,
  do_center_crop: false,
  do_normalize: true,
  image_mean: [0.485, 0.456, 0.406],
  image_std: [0.229, 0.224, 0.225],
  tasks_answer_post_processing_type: {
    '<OCR>': 'pure_text',
    '<CAPTION>': 'pure_text',
    '<DETAILED_CAPTION>': 'pure_text',
    '<MORE_DETAILED_CAPTION>': 'pure_text',
    '<OD>': 'description_with_bboxes',
  },
  task_prompts_without_inputs: {
    '<OCR>': 'What is the text in the image?',
    '<CAPTION>': 'What does the image describe?',
    '<DETAILED_CAPTION>': 'Describe in detail what is shown in the image.',
    '<MORE_DETAILED_CAPTION>': 'Describe with a paragraph what is shown in the image.',
    '<OD>': 'Locate the objects with category name in the image.',
  },
  task_prompts_with_input: {},
}

function writeVision(): Buffer {
  const graph = tinyGraph()
  const pixels = graph.input('pixel_values', 'float32', ['batch_size', 3, 'height', 'width'])
  const picture = writePicture(graph, pixels)
  graph.output('image_features', picture, 'float32', ['batch_size', 1, WIDTH])
  return graph.toFile()
}

/** Forgets what is masked. */
function writeEncoder(): Buffer {
  const graph = tinyGraph()
  const mask = graph.input('attention_mask', 'int64', ['batch_size', 'encoder_sequence_length'])
  const shape = ['batch_size', 'encoder_sequence_length', WIDTH]
  const places = graph.input('inputs_embeds', 'float32', shape)
  const weights = graph.node('Cast', [mask], { to: typeIds.float32 })
  const column = graph.node('Unsqueeze', [weights, graph.constant('int64', [1], [2])])
  graph.output('last_hidden_state', graph.node('Mul', [places, column]), 'float32', shape)
  return graph.toFile()
}

/** Reads the picture and the task with its encoder, and counts its words in its cache. */
function writeDecoder(tokenizer: TinyTokenizer): Buffer {
  const graph = tinyGraph()
  const seenShape = ['batch_size', 'encoder_sequence_length', WIDTH]
  graph.input('encoder_attention_mask', 'int64', ['batch_size', 'encoder_sequence_length'])
  const seen = graph.input('encoder_hidden_states', 'float32', seenShape)
  const places = graph.input('inputs_embeds', 'float32', ['batch_size', 'decoder_length', WIDTH])
  const past = (kind: string) => ['batch_size', 1, `past_${kind}_sequence_length`, WIDTH]
  const names = ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value']
  const caches = names.map((name) =>
    graph.input(`past_key_values.0.${name}`, 'float32', past(name.split('.')[0]!)),
  )
  graph.input('use_cache_branch', 'bool', [1])

  const one = graph.constant('int64', [1], [1])
  const heads = (value: string) => graph.node('Unsqueeze', [value, one])
  const grown = (cache: string) => graph.node('Concat', [cache, heads(places)], { axis: 2 })
  const keys = grown(caches[0]!)
  const { written } = readPlaces(graph, graph.node('Squeeze', [keys, one]))
  const { colours, wanted } = readPlaces(graph, seen)
  const state = { tokens: readTokens(graph, places), colours, written, wanted }
  const logits = writeLogits(graph, { tokenizer, first: '<s>', end: '</s>' }, state)

  graph.output('logits', logits, 'float32', ['batch_size', 'decoder_length', tokenizer.size])
  const present = [keys, grown(caches[1]!), heads(seen), heads(seen)]
  names.forEach((name, i) => {
    graph.output(`present.0.${name}`, present[i]!, 'float32', [
      'batch_size',
      1,
      `${name}_length`,
      WIDTH,
    ])
  })
  return graph.toFile()
}
