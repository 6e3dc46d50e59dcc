/** Takes off one whole block of thinking before the caption. Halves of one are left for the check. */
export function stripThinking(text: string): string {
  for (const { open, close } of blocks) {
    const end = open.test(text) ? close.exec(text) : null
    if (end) return text.slice(end.index + end[0].length).trim()
  }
  return text
}

const names = 'think|thinking|thought|reasoning|reflection|analysis|scratchpad'.split('|')

const blocks = [
  ...names.map((name) => ({
    open: new RegExp(`^<${name}>`, 'i'),
    close: new RegExp(`</${name}>`, 'i'),
  })),
  { open: /^\[think\]/i, close: /\[\/think\]/i },
  { open: /^◁think▷/, close: /◁\/think▷/ },
]
