/** The design system's colours as the canvas needs them: CSS colours, and the mask's as bytes for its tiles. */
export interface CanvasColours {
  readonly page: string
  readonly pageLine: string
  readonly checker: string
  readonly accent: string
  readonly accentSoft: string
  /** The pixel mask and its cells lie on pictures, which know no theme: the same in light and dark. */
  readonly mask: string
  readonly text: string
  /** What was measured of cells; the line around those that matter, and what lies under the line. */
  readonly heat: string
  readonly heatLine: string
  readonly heatShade: string
  readonly surface: string
  readonly scrim: string
  /** Red, green, blue, 0–255. */
  readonly maskTint: readonly [red: number, green: number, blue: number]
}

/** Reads the custom properties in force where the canvas stands. Where one is missing, a colour that is seen on anything. */
export function readCanvasColours(container: HTMLElement): CanvasColours {
  const style = getComputedStyle(container)
  const read = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback
  const accent = read('--colour-accent', '#7c3aed')
  const mask = read('--colour-mask', '#7c3aed')
  return {
    page: read('--colour-surface', '#ffffff'),
    pageLine: read('--colour-line-strong', '#00000040'),
    checker: read('--colour-checker', '#dddddd'),
    accent,
    accentSoft: read('--colour-accent-soft', '#7c3aed22'),
    heat: read('--colour-heat', '#ff6a00'),
    heatLine: read('--colour-heat-line', '#ffffff'),
    heatShade: read('--colour-heat-shade', '#00000099'),
    text: read('--colour-on-accent', '#ffffff'),
    surface: read('--colour-surface', '#ffffff'),
    scrim: read('--colour-scrim', '#00000059'),
    mask,
    maskTint: resolveBytes(mask),
  }
}

/** What a CSS colour of any notation is on the screen. */
function resolveBytes(colour: string): [number, number, number] {
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  if (context === null) return [124, 58, 237]
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}
