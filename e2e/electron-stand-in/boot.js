// The stand-in's entry: reads the arguments as Electron does, makes `import 'electron'` work, and starts the program.
import fs from 'node:fs'
import inspector from 'node:inspector'
import Module, { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as electron from './electron-module.js'

const require = createRequire(import.meta.url)

/** `electron [-r script]… [--inspect=port] [--switch]… folder`, where the folder has a package.json with `main`. */
function readArguments(args) {
  const preloaded = []
  let inspectPort
  let folder
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]
    if (argument === '-r') preloaded.push(args[++i])
    else if (argument.startsWith('--inspect')) inspectPort = Number(argument.split('=')[1] ?? 9229)
    else if (!argument.startsWith('-')) folder ??= path.resolve(argument)
  }
  return { preloaded, inspectPort, folder }
}

/** Both ways of importing it get the one instance: Playwright's script requires it, the program's bundle imports it. */
function provideElectron() {
  const load = Module._load
  Module._load = (name, ...rest) => (name === 'electron' ? electron : load(name, ...rest))
  globalThis.__electronStandIn = electron
  const names = Object.keys(electron)
  const source = names.map((name) => `export const ${name} = globalThis.__electronStandIn.${name}`).join('\n')
  const moduleUrl = `data:text/javascript,${encodeURIComponent(source)}`
  const hooks = `export const resolve = (name, context, next) =>
    name === 'electron' ? { url: ${JSON.stringify(moduleUrl)}, shortCircuit: true } : next(name, context)`
  Module.register(`data:text/javascript,${encodeURIComponent(hooks)}`)
}

const args = process.argv.slice(2)
const { preloaded, inspectPort, folder } = readArguments(args)
if (folder === undefined) throw new Error('Name the folder of the program')
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
process.argv = [process.argv[0], ...args]
Object.assign(process, { type: 'browser', resourcesPath: path.join(folder, 'resources') })
if (inspectPort !== undefined) inspector.open(inspectPort)
provideElectron()
electron.app.describe({ manifest, folder, remoteDebugging: args.find((argument) => argument.startsWith('--remote-debugging-port')) })
for (const script of preloaded) require(path.resolve(script))
await import(pathToFileURL(path.join(folder, manifest.main)).href)
await electron.app.start()
