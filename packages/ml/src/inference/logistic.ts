/** p(x) = 1 / (1 + e^−(slope · x + offset)) */
export type Logistic = { slope: number; offset: number }

export const logistic = ({ slope, offset }: Logistic, x: number): number =>
  1 / (1 + Math.exp(-(slope * x + offset)))
