import { describe, expect, it } from 'vitest'
import { listLikelyProviders, listProviders } from './likely-providers.ts'

describe('the providers worth a trial', () => {
  it('always have the processor among them', () => {
    expect(listLikelyProviders()).toContain('cpu')
    expect(listProviders()).toContain('cpu')
  })

  it.runIf(process.platform === 'linux')('have WebGPU among them where there is a way to a card', () => {
    expect(listLikelyProviders('linux', () => false)).not.toContain('webgpu')
    expect(listLikelyProviders('linux', (file) => file.endsWith('libvulkan.so.1'))).toContain('webgpu')
  })

  it('leave out what ONNX Runtime brings no library for', () => {
    expect(listLikelyProviders('linux', () => true)).not.toContain('tensorrt')
  })
})
