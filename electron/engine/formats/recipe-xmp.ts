import { recipeSchema } from '../../api/edits.ts'

/** Names the properties as ours; a name, not an address. */
const NAMESPACE = 'urn:remask:metadata:1:'
/** As an element, as we write it, or as an attribute, as other programs rewrite it. */
const RECIPE = /<remask:recipe>([^<]*)<\/remask:recipe>|\sremask:recipe="([^"]*)"/

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/**
 * An XMP packet (ISO 16684-1) with the recipe as JSON, and its prompt as the picture's description, which other programs
 * show.
 */
export function writeRecipeXmp(recipe: unknown): Uint8Array {
  const known = recipeSchema.safeParse(recipe)
  const prompt = known.data?.request.prompt ?? ''
  const description = `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escape(prompt)}</rdf:li></rdf:Alt></dc:description>`
  return Buffer.from(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:remask="${NAMESPACE}">
<xmp:CreatorTool>Remask</xmp:CreatorTool>${prompt === '' ? '' : description}
<remask:recipe>${escape(JSON.stringify(recipe))}</remask:recipe>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`,
  )
}

/** The recipe in an XMP packet, or null where there is none of ours. */
export function readRecipeXmp(xmp: Uint8Array): unknown {
  const found = RECIPE.exec(Buffer.from(xmp).toString())
  const text = found?.[1] ?? found?.[2]
  if (text === undefined) return null
  try {
    return JSON.parse(unescape(text))
  } catch {
    return null
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!)
}

function unescape(text: string): string {
  return Object.entries(ESCAPES).reduceRight((result, [character, escaped]) => result.replaceAll(escaped, character), text)
}
