#!/usr/bin/env node
// node bin/style-thumbnails.js FOLDER: draws the picture of each style in a pack's pack.json with the pack itself, the same
// scene in every style, and lists the files with their checksums. FOLDER lies in a packs folder of the program.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** A place every pack of ours knows, and a seed that draws it well. */
const SCENE = 'a forest'
const SEED = '5'

const folder = path.resolve(process.argv[2] ?? '')
const description = path.join(folder, 'pack.json')
const pack = JSON.parse(fs.readFileSync(description, 'utf8'))
const isThumbnail = (file) => pack.styles.some(({ thumbnail }) => thumbnail === file.path)
let files = pack.files.filter((file) => !isThumbnail(file))
const write = (styles) => fs.writeFileSync(description, `${JSON.stringify({ ...pack, files, styles }, null, 2)}\n`)

// A pack whose pictures are not there yet cannot be used.
write([])
for (const { prompt, thumbnail } of pack.styles) {
  const out = path.join(folder, thumbnail)
  fs.mkdirSync(path.dirname(out), { recursive: true })
  const program = path.join(import.meta.dirname, 'remask.js')
  execFileSync(process.execPath, [program, 'generate', `${SCENE}, ${prompt}`, '--pack', pack.id, '--seed', SEED, '--out', out], { stdio: 'inherit' })
  const bytes = fs.readFileSync(out)
  files = [...files, { path: thumbnail, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }]
}
write(pack.styles)
