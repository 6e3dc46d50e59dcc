#!/usr/bin/env node
// Plain JavaScript that Node 20 can read: finds a Node that can run the rest, and runs it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = 24 // runs TypeScript as it is
const majorOf = (version) => Number.parseInt(version, 10)

if (majorOf(process.versions.node) >= NEEDED) await runHere()
else runUnder(findNewerNode())

/** In the clone the sources run as they are; a published package holds one bundle. */
async function runHere() {
  process.umask(0o077) // what Descry writes is for its owner only, whatever writes it
  // Reading TypeScript costs a second and 20 MB at each start; what it gave the last time is kept.
  module.enableCompileCache(
    fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url)),
  )
  hideExperimentalWarnings()
  exitWithParent()
  const source = new URL('../src/main.ts', import.meta.url)
  const bundle = new URL('../dist/main.js', import.meta.url)
  const isClone = existsSync(source)
  process.setSourceMapsEnabled(!isClone) // types are blanked out, so positions in the clone are true
  const { main } = await import(isClone ? source.href : bundle.href)
  process.exitCode = await main(process.argv.slice(2))
}

/** `node:sqlite` locks the database's folder; that it is experimental is our concern, not the reader's. */
function hideExperimentalWarnings() {
  const emitWarning = process.emitWarning
  process.emitWarning = (warning, options, ...rest) => {
    const type = typeof options === 'string' ? options : options?.type
    if (type !== 'ExperimentalWarning') emitWarning.call(process, warning, options, ...rest)
  }
}

/** If an older Node started us and was killed, nobody could stop us any more. */
function exitWithParent() {
  if (process.env.npm_lifecycle_event) stopWithNpm()
  if (!process.channel) return
  process.once('disconnect', () => process.exit(1))
  process.channel.unref()
}

/** npm that is told to end does not tell us. */
function stopWithNpm() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 1000)
  watch.unref()
}

/** `npm ci` brings a Node of its own, as the package `node`. */
function findNewerNode() {
  const require = module.createRequire(import.meta.url)
  try {
    const manifest = require.resolve('node/package.json')
    if (majorOf(require(manifest).version) < NEEDED) return undefined
    const name = process.platform === 'win32' ? 'node.exe' : 'node'
    const path = join(dirname(manifest), 'bin', name)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function runUnder(node) {
  if (!node) return complain()
  // A server is idle most of the time: a small nursery keeps 10 MB out of its memory.
  const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4']
  const args = [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', complain)
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}

function complain() {
  console.error(
    `Descry needs Node ${NEEDED} or newer, and this is Node ${process.versions.node}: run \`npm ci\` in Descry's folder, which brings one, or install it from https://nodejs.org.`,
  )
  process.exitCode = 1
}
