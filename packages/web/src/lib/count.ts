const number = new Intl.NumberFormat()

/** "1 image", "1,200 images". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${number.format(amount)} ${amount === 1 ? one : many}`
}
