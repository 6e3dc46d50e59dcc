import type { Finding } from '@descry/server'
import type { Command } from './command.ts'
import { checkImages } from './doctor/check-images.ts'
import { checkNode } from './doctor/check-node.ts'
import { checkServer } from './doctor/check-server.ts'
import { refuseOptions } from './read-options.ts'

export const doctor: Command = {
  help: `Usage: descry doctor

Checks what Descry needs, one line each: Node, the image library, the configuration, the data folder,
the database, the captioners, the page. Changes nothing. Exits with 1 if something is wrong; the line says what to do.
`,

  async run(args, io) {
    refuseOptions('doctor', args)
    const findings: Finding[] = []
    for (const check of [checkNode, checkImages, checkServer]) {
      for (const finding of await check(io)) {
        findings.push(finding)
        io.stdout.write(`${toLine(finding)}\n`)
      }
      if (findings.some(({ ok }) => !ok)) break // later checks stand on this one
    }
    return findings.every(({ ok }) => ok) ? 0 : 1
  },
}

const toLine = ({ name, ok, message }: Finding) =>
  `${ok ? 'ok  ' : 'bad '} ${name.padEnd(14)} ${message}`
