import type { FakeRepository } from '../fake-hub.ts'
import { readPlaces, readTokens } from './read-places.ts'
import { tinyWishes, WIDTH, writeEmbedding, writePicture } from './tiny-embedding.ts'
import { tinyGraph, typeIds } from './tiny-graph.ts'
import { type TinyTokenizer, tinyTokenizer } from './tiny-tokenizer.ts'
import { tinyWords, writeLogits } from './tiny-writer.ts'

type Options = {
  /** SmolVLM2 has other names for the same things. */
  name?: 'Idefics3' | 'SmolVLM'
  /** Where the template is: in the tokenizer's settings, or in a file of its own. */
  templateIn?: 'tokenizer_config.json' | 'chat_template.json' | 'chat_template.jinja'
}

/** A repository of the shape of HuggingFaceTB/SmolVLM-256M-Instruct; longer when asked for a paragraph. */
export function tinySmolvlm({
  name = 'Idefics3',
  templateIn = 'tokenizer_config.json',
}: Options = {}): FakeRepository['files'] {
  const [start, end, image] = ['<|im_start|>', '<end_of_utterance>', '<image>']
  const special = [start, end, image, '<fake_token_around_image>', '<global-img>']
  const words = [...tinyWords, ...tinyWishes]
  const tokenizer = tinyTokenizer({ words, special })
  const ids = { bos_token_id: tokenizer.idOf(start), eos_token_id: tokenizer.idOf(end) }
  const config = {
    model_type: name.toLowerCase(),
    architectures: [`${name}ForConditionalGeneration`],
    image_token_id: tokenizer.idOf(image),
    text_config: {
      model_type: 'llama',
      ...{ num_hidden_layers: 1, num_attention_heads: 1, num_key_value_heads: 1 },
      ...{ head_dim: WIDTH, hidden_size: WIDTH, max_position_embeddings: 512, ...ids },
    },
    vision_config: { model_type: 'idefics3', image_size: 8 },
  }
  const names = {
    processor_class: `${name}Processor`,
    image_processor_type: `${name}ImageProcessor`,
  }
  const inTokenizer = templateIn === 'tokenizer_config.json' && { chat_template }
  const chat = { bos_token: start, eos_token: end, pad_token: end, ...inTokenizer }
  return {
    'config.json': JSON.stringify(config),
    'generation_config.json': JSON.stringify(ids),
    'preprocessor_config.json': JSON.stringify({ ...preprocessor, ...names }),
    'processor_config.json': JSON.stringify({ ...names, image_seq_len: 2 }),
    'tokenizer.json': tokenizer.json,
    'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'GPT2Tokenizer', ...chat }),
    ...(templateIn === 'chat_template.json' && { [templateIn]: JSON.stringify({ chat_template }) }),
    ...(templateIn === 'chat_template.jinja' && { [templateIn]: chat_template }),
    'onnx/vision_encoder_q4.onnx': writeVision(),
    'onnx/embed_tokens_q4.onnx': writeEmbedding(tokenizer),
    'onnx/decoder_model_merged_q4.onnx': writeDecoder(tokenizer),
  }
}

/** The form of the real one: `User:<image>…<end_of_utterance>\nAssistant:`. */
const chat_template =
  "<|im_start|>{% for message in messages %}{{message['role'] | capitalize}}:{% for line in " +
  "message['content'] %}{% if line['type'] == 'text' %}{{line['text']}}{% else %}{{ '<image>' }}" +
  '{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}' +
  "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}"

const preprocessor = {
  do_image_splitting: true,
  do_convert_rgb: true,
  do_resize: true,
  size: { longest_edge: 32 },
  max_image_size: { longest_edge: 8 },
  sampleCaptions: 1,
  do_rescale: true,
  do_normalize: true,
  image_mean: [0.5, 0.5, 0.5],
  image_std: [0.5, 0.5, 0.5],
}

/** Each picture becomes two places. */
function writeVision(): Buffer {
  const graph = tinyGraph()
  const sides = ['height', 'width']
  const pixels = graph.input('pixel_values', 'float32', ['batch_size', 'images', 3, ...sides])
  graph.input('pixel_attention_mask', 'bool', ['batch_size', 'images', ...sides])
  const flat = graph.node('Squeeze', [pixels, graph.constant('int64', [1], [0])])
  const picture = writePicture(graph, flat)
  const twice = graph.node('Concat', [picture, picture], { axis: 1 })
  graph.output('image_features', twice, 'float32', ['images', 2, WIDTH])
  return graph.toFile()
}

/** All that it knows after the first step is in its cache: the picture, the prompt, its own words. */
function writeDecoder(tokenizer: TinyTokenizer): Buffer {
  const graph = tinyGraph()
  const places = graph.input('inputs_embeds', 'float32', ['batch_size', 'sequence_length', WIDTH])
  const mask = graph.input('attention_mask', 'int64', ['batch_size', 'total_sequence_length'])
  graph.input('position_ids', 'int64', ['batch_size', 'sequence_length'])
  const past = ['batch_size', 1, 'past_sequence_length', WIDTH]
  const keys = graph.input('past_key_values.0.key', 'float32', past)
  const values = graph.input('past_key_values.0.value', 'float32', past)

  const one = graph.constant('int64', [1], [1])
  const state = graph.node('Unsqueeze', [places, one])
  const present = graph.node('Concat', [values, state], { axis: 2 })
  const weights = graph.node('Unsqueeze', [
    graph.node('Cast', [mask], { to: typeIds.float32 }),
    graph.constant('int64', [1], [2]),
  ])
  const known = graph.node('Mul', [graph.node('Squeeze', [present, one]), weights])
  const tokens = readTokens(graph, places)
  const writer = { tokenizer, first: ':', end: '<end_of_utterance>' }
  const logits = writeLogits(graph, writer, { tokens, ...readPlaces(graph, known) })

  graph.output('logits', logits, 'float32', ['batch_size', 'sequence_length', tokenizer.size])
  const grown = ['batch_size', 1, 'total_sequence_length', WIDTH]
  graph.output('present.0.key', graph.node('Concat', [keys, state], { axis: 2 }), 'float32', grown)
  graph.output('present.0.value', present, 'float32', grown)
  return graph.toFile()
}
