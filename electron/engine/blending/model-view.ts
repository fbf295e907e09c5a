import type { RgbRaster } from '../../api/inference.ts'
import type { TileImage } from '../../api/images.ts'
import { narrow, type Colour } from '../pictures/colour.ts'
import type { CropView } from './crop-view.ts'
import type { Patch } from './patch-enlarger.ts'

type ColourOf = Pick<TileImage, 'iccProfile'>

/** What the model is shown: the view in 8-bit sRGB. */
export async function toModelRaster(view: CropView, image: ColourOf, colour: Colour): Promise<RgbRaster> {
  const { width, height } = view
  const rgba = addAlpha(narrow(view.rgb))
  return { width, height, data: dropAlpha(await colour.toSrgb(rgba, { width, height }, image)) as Uint8Array }
}

/** What the model drew, in the picture's colours. */
export async function toPatch({ width, height, data }: RgbRaster, image: ColourOf, colour: Colour): Promise<Patch> {
  const format = { iccProfile: image.iccProfile, format: 'rgba16' } as const
  const rgba = await colour.fromSrgb(addAlpha(data), { width, height }, format)
  return { width, height, rgb: dropAlpha(rgba) as Uint16Array }
}

function addAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255)
  for (let i = 0; i < rgb.length / 3; i++) for (let c = 0; c < 3; c++) rgba[i * 4 + c] = rgb[i * 3 + c]!
  return rgba
}

function dropAlpha(rgba: Uint8Array | Uint16Array): Uint8Array | Uint16Array {
  const rgb = rgba instanceof Uint16Array ? new Uint16Array((rgba.length / 4) * 3) : new Uint8Array((rgba.length / 4) * 3)
  for (let i = 0; i < rgba.length / 4; i++) for (let c = 0; c < 3; c++) rgb[i * 3 + c] = rgba[i * 4 + c]!
  return rgb
}
