// In the page's own world: puts what the preload script exposed on `window`.
const bridge = createBridge('page', 'preload')
bridge.on('expose', (encoded) => {
  for (const [name, value] of Object.entries(bridge.decode(encoded))) {
    Object.defineProperty(window, name, { value, enumerable: true })
  }
})
bridge.tell('query')
