// Before anything that makes a schema.
import './without-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { createProgram } from './app/create-program.ts'
import './ui/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no #root')
createRoot(root).render(<App program={createProgram(window)} />)
