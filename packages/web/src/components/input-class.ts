/** How every field one writes into or chooses from looks. */
export const inputClass =
  'min-h-9 w-full min-w-0 rounded-md border border-n6 bg-n0 px-3 text-base font-normal placeholder:text-n7 aria-invalid:border-alarm disabled:opacity-50 pointer-coarse:min-h-11'
