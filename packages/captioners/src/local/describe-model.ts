import type { ModelCard } from '@descry/ml'

/** What a model is, how good it is, and what it cannot do, as its card says. */
export function describeModel({ name, training, metrics, limits }: ModelCard): string {
  const { images, data } = training
  const origin = `Model ${name}, trained on ${images.toLocaleString('en')} images of ${data}; runs on this machine, without a network.`
  return [origin, ...describeScore(metrics), ...limits].join(' ')
}

/** On pictures that it neither learned from nor was chosen by. */
function describeScore({ test }: ModelCard['metrics']): string[] {
  return test?.CIDEr === undefined
    ? []
    : [`On pictures new to it its captions score CIDEr ${test.CIDEr.toFixed(2)}.`]
}
