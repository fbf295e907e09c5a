import path from 'node:path'
import tseslint from 'typescript-eslint'

/**
 * Which area may import which. An area is the longest of these prefixes that fits a file.
 * This table is the architecture: change it in a commit of its own, with the reason.
 */
const MAY_IMPORT = {
  'models': [],
  // Messages to the inference process carry an EditPlan: as a type only.
  'electron/api': ['models'],
  'electron/preload': ['electron/api'],
  'electron/engine': ['electron/api', 'models'],
  'electron/inference': ['electron/api', 'models'],
  'electron/main': ['electron/api', 'electron/engine'],
  'electron/server': ['electron/api', 'electron/engine', 'models'],
  // The judge of `eval` is a graph that belongs to no pack: the command line runs it itself.
  'electron/cli': ['electron/api', 'electron/engine', 'electron/inference', 'electron/server', 'models'],
  'renderer/ui': [],
  'renderer/document': ['electron/api'],
  'renderer/shell': ['electron/api'],
  'renderer/engine': ['electron/api', 'renderer/document', 'electron/engine'],
  'renderer/canvas': ['electron/api', 'renderer/document', 'renderer/ui'],
  'renderer/panels': ['electron/api', 'renderer/document', 'renderer/engine', 'renderer/ui'],
  'renderer/app': ['electron/api', 'renderer/document', 'renderer/shell', 'renderer/engine', 'renderer/canvas', 'renderer/panels', 'renderer/ui'],
  // The words on the screen, the schemas of the engine's answers.
  'e2e': ['electron/api'],
}

/** Allowed only as `import type`: nothing of it may reach the bundle. */
const TYPES_ONLY = [['renderer/engine', 'electron/engine'], ['electron/api', 'models']]

/**
 * Golden tests compare the graphs that `models` writes with what the published classes gave, and only ONNX Runtime can
 * run a graph: they alone may open real sessions, through the file that wraps it.
 */
const GOLDEN_TEST = /^models\/.*\.golden\.test\.ts$/
const GOLDEN_TEST_MAY_IMPORT = 'electron/inference'

/** Packages that only the named areas may import, because they bind code to one process. */
const BOUND_PACKAGES = {
  'electron': ['electron/main', 'electron/preload'],
  'onnxruntime-node': ['electron/inference'],
  'sharp': ['electron/engine', 'e2e'],
  'hono': ['electron/engine', 'electron/server', 'electron/cli', 'renderer/engine'],
  '@hono/node-server': ['electron/server', 'electron/main'],
  'konva': ['renderer/canvas'],
  'react': ['renderer/app', 'renderer/canvas', 'renderer/panels', 'renderer/engine', 'renderer/ui'],
  'radix-ui': ['renderer/ui'],
  'zustand': ['renderer/document', 'renderer/engine', 'renderer/canvas', 'renderer/app'],
  'zod': ['electron/api', 'electron/engine', 'electron/inference', 'electron/main', 'electron/cli', 'models', 'renderer/document'],
}

/** Composition roots wire a process together; nothing imports them. */
const COMPOSITION_ROOTS = /(^|\/)(main\/main|inference\/inference|server\/server-main|cli\/cli|renderer\/main)\.tsx?$/

const root = import.meta.dirname
const relative = (file) => path.relative(root, file).split(path.sep).join('/')
const areaOf = (file) =>
  Object.keys(MAY_IMPORT)
    .filter((area) => relative(file).startsWith(`${area}/`))
    .sort((a, b) => b.length - a.length)[0]

const areas = {
  meta: { type: 'problem', schema: [], messages: {
    area: '{{from}} may not import {{to}}. It may import: {{allowed}}.',
    bound: '{{name}} may be imported only from: {{allowed}}.',
    type: '{{from}} may import {{to}} as a type only.',
    node: '{{from}} runs in a page and may not use {{name}}.',
    root: '{{to}} is a composition root: nothing imports it.',
  } },
  create(context) {
    const from = areaOf(context.filename)
    const checkRelative = (node, source) => {
      const target = path.resolve(path.dirname(context.filename), source)
      if (COMPOSITION_ROOTS.test(relative(target))) context.report({ node, messageId: 'root', data: { to: relative(target) } })
      const to = areaOf(target)
      if (from === undefined || to === undefined || to === from) return
      if (GOLDEN_TEST.test(relative(context.filename)) && to === GOLDEN_TEST_MAY_IMPORT) return
      if (!MAY_IMPORT[from].includes(to)) {
        context.report({ node, messageId: 'area', data: { from, to, allowed: MAY_IMPORT[from].join(', ') || 'nothing' } })
        return
      }
      const isTypesOnly = TYPES_ONLY.some(([a, b]) => a === from && b === to)
      if (isTypesOnly && node.importKind !== 'type') context.report({ node, messageId: 'type', data: { from, to } })
    }
    const checkPackage = (node, source) => {
      if (from === undefined) return
      if (source.startsWith('node:') && from.startsWith('renderer/') && !context.filename.includes('.test.')) {
        context.report({ node, messageId: 'node', data: { from, name: source } })
        return
      }
      const name = source.startsWith('@') ? source.split('/', 2).join('/') : source.split('/', 1)[0]
      const allowed = BOUND_PACKAGES[name]
      if (allowed !== undefined && !allowed.includes(from)) {
        context.report({ node, messageId: 'bound', data: { name, allowed: allowed.join(', ') } })
      }
    }
    const check = (node) => {
      const source = node.source?.value
      if (typeof source !== 'string') return
      if (source.startsWith('.')) checkRelative(node, source)
      else checkPackage(node, source)
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check }
  },
}

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'dist/**', 'release/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser },
    plugins: { local: { rules: { areas } }, ts: tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'local/areas': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration[exported=null]', message: 'Name what you re-export, or import the module that defines it.' }],
      'ts/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'ts/no-explicit-any': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.test.ts', '**/*.spec.ts'], rules: { 'max-lines-per-function': 'off' } },
)
