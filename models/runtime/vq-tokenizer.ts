/** Tokens of a picture: codebook indices, row-major, [rows × columns]. */
export interface TokenGrid {
  readonly rows: number
  readonly columns: number
  readonly tokens: Int32Array
}

/** A part of a token grid. */
export interface TokenRect {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/** RGB in [0, 1], planar: [3 × height × width]. */
export interface PlanarImage {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** Picture ↔ token grid of one stage. Grids larger than the pack's own are worked through in overlapping windows. */
export interface VqTokenizer {
  readonly downsampleFactor: number
  readonly codebookSize: number
  /** Sides must be multiples of the downsample factor. */
  imageToTokens(image: PlanarImage): Promise<TokenGrid>
  /**
   * @param needed  where the picture will be looked at: what lies elsewhere may be anything, and is left out where that saves
   *   work. Inside, it is the picture of the whole grid. Absent = everywhere.
   */
  tokensToImage(grid: TokenGrid, needed?: TokenRect): Promise<PlanarImage>
  /** [codebookSize × 3], RGB in [0, 1]: each code's mean colour, for previews that cost nothing. */
  codebookColors(): Promise<Float32Array>
}
