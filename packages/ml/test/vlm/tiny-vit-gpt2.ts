import type { FakeRepository } from '../fake-hub.ts'
import { tinyGraph, typeIds } from './tiny-graph.ts'
import { type TinyTokenizer, tinyTokenizer } from './tiny-tokenizer.ts'
import { tinyWords, writeColours, writeLength, writeLogits } from './tiny-writer.ts'

/** A repository of the shape of Xenova/vit-gpt2-image-captioning, whose captions have so many words. */
export function tinyVitGpt2({ words = 3 } = {}): FakeRepository['files'] {
  const end = '<|endoftext|>'
  const tokenizer = tinyTokenizer({ words: tinyWords, special: [end] })
  const id = tokenizer.idOf(end)
  const config = {
    model_type: 'vision-encoder-decoder',
    architectures: ['VisionEncoderDecoderModel'],
    is_encoder_decoder: true,
    decoder_start_token_id: id,
    eos_token_id: id,
    pad_token_id: id,
    encoder: { model_type: 'vit', image_size: 8 },
    decoder: { model_type: 'gpt2', n_head: 1, n_layer: 1, n_embd: 1, n_positions: words + 1024 },
  }
  const preprocessor = {
    image_processor_type: 'ViTImageProcessor',
    do_resize: true,
    size: { height: 8, width: 8 },
    sampleCaptions: 2,
    do_normalize: true,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
  }
  const special = { bos_token: end, eos_token: end, unk_token: end }
  return {
    'README.md': 'Tiny.',
    'config.json': JSON.stringify(config),
    // As of models that were tuned for beams: nothing of this may change what comes.
    'generation_config.json': JSON.stringify({ num_beams: 4, max_length: 2, eos_token_id: id }),
    'preprocessor_config.json': JSON.stringify(preprocessor),
    'tokenizer.json': tokenizer.json,
    'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'GPT2Tokenizer', ...special }),
    'onnx/encoder_model_quantized.onnx': writeEncoder(),
    'onnx/decoder_model_merged_quantized.onnx': writeDecoder(tokenizer, { end, words }),
  }
}

function writeEncoder(): Buffer {
  const graph = tinyGraph()
  const pixels = graph.input('pixel_values', 'float32', ['batch_size', 3, 'height', 'width'])
  const state = writeColours(graph, pixels)
  graph.output('last_hidden_state', state, 'float32', ['batch_size', 1, 3])
  return graph.toFile()
}

/** Counts its words by the length of its cache, which it uses only where it is told to. */
function writeDecoder(
  tokenizer: TinyTokenizer,
  { end, words }: { end: string; words: number },
): Buffer {
  const graph = tinyGraph()
  const past = ['batch_size', 1, 'past_decoder_sequence_length', 1]
  const present = ['batch_size', 1, 'past_decoder_sequence_length + 1', 1]
  const tokens = graph.input('input_ids', 'int64', ['batch_size', 'decoder_sequence_length'])
  const colours = graph.input('encoder_hidden_states', 'float32', ['batch_size', 'seen', 3])
  const keys = graph.input('past_key_values.0.key', 'float32', past)
  const values = graph.input('past_key_values.0.value', 'float32', past)
  const useCache = graph.input('use_cache_branch', 'bool', [1])

  const axes = graph.constant('int64', [2], [1, 3])
  const asNumbers = graph.node('Cast', [tokens], { to: typeIds.float32 })
  const state = graph.node('Unsqueeze', [asNumbers, axes])
  const uses = graph.node('Cast', [useCache], { to: typeIds.float32 })
  const before = graph.node('Mul', [writeLength(graph, keys, 2), uses])
  const started = graph.constant('float32', [], [1])
  const written = graph.node('Sub', [
    graph.node('Add', [before, writeLength(graph, tokens, 1)]),
    started,
  ])
  const wanted = graph.constant('float32', [], [words])
  const writer = { tokenizer, first: end, end }
  const logits = writeLogits(graph, writer, { tokens, colours, written, wanted })

  graph.output('logits', logits, 'float32', [
    'batch_size',
    'decoder_sequence_length',
    tokenizer.size,
  ])
  for (const [name, cache] of Object.entries({ key: keys, value: values })) {
    const grown = graph.node('Concat', [cache, state], { axis: 2 })
    graph.output(`present.0.${name}`, grown, 'float32', present)
  }
  return graph.toFile()
}
