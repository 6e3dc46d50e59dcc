/**
 * One forward pass of a decoder for all open rows at once. A row is an unfinished hypothesis of any of
 * the images.
 *
 *   tokens   [rows]     the last token of each row
 *   parents  [rows]     which row of the previous call each one grew from, so that a key/value cache can
 *                       be reordered; in the first call, which image row i belongs to
 *   returns  [rows, V]  logits of the next token, row-major
 *
 * Rows that ended are not named as parents again. Whoever implements this keeps the cache, and computes
 * each row without regard to the others; then an image decoded in a batch gets what it gets alone.
 */
export type Step = (tokens: Int32Array, parents: Int32Array) => Promise<Float32Array>
