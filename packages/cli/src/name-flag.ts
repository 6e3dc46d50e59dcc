/** An option as it is written in the terminal: `backbone.from` → `--backbone`, `minimumCount` → `--minimum-count`. */
export function nameFlag(option: string): string {
  const words = option.replace(/\.from$/, '').replace(/^architecture$/, 'arch')
  return `--${words.replace('.', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
