import { availableParallelism, cpus } from 'node:os'
import { builtinModelFolder, type CaptionerSpeed, devices, measureCaptionerSpeed } from '@descry/ml'
import type { Command } from './command.ts'
import { oneOf, readOptions } from './read-options.ts'
import { writeResult } from './write-result.ts'

export const bench: Command = {
  help: `Usage: descry bench [--model builtin|FOLDER] [OPTION]...

Measures a captioner on this machine with made-up photos: loading, JPEG to caption one by one, and 32
together.

Options:
  --model NAME     builtin (default) or a model folder
  --device NAME    cpu (default), webgpu, cuda, coreml or dml
  --json           one JSON object
  -h, --help       this text
`,

  async run(args, { stdout }) {
    const { values } = readOptions('bench', args, { options, allowPositionals: false })
    const folder = values.model === 'builtin' ? builtinModelFolder() : values.model
    const device = oneOf({ command: 'bench', option: '--device' }, devices, values.device)
    const speed = await measureCaptionerSpeed(folder, { device })
    const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`
    await writeResult(
      stdout,
      values.json
        ? `${JSON.stringify({ model: values.model, device, machine, ...speed }, null, 2)}\n`
        : toTable(speed, machine),
    )
    return 0
  },
}

const options = {
  model: { type: 'string', default: 'builtin' },
  device: { type: 'string', default: 'cpu' },
  json: { type: 'boolean', default: false },
} as const

function toTable(speed: CaptionerSpeed, machine: string): string {
  return [
    machine,
    `loading            ${speed.loadMs.toFixed(0)} ms`,
    `JPEG to caption    ${speed.p50Ms.toFixed(1)} ms (median), ${speed.p95Ms.toFixed(1)} ms (95 %)`,
    `32 together        ${speed.imagesPerSecond.toFixed(0)} images/s`,
    `resident memory    ${speed.residentMb.toFixed(0)} MB more than before`,
    '',
  ].join('\n')
}
