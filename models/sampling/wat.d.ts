/** WebAssembly text, assembled while building (assemble-wat.ts). */
declare module '*.wat' {
  const bytes: Uint8Array<ArrayBuffer>
  export default bytes
}
