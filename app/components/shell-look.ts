/** The sheet that a page is written on: the whole screen of a telephone, a card on anything wider. */
export const sheetLook =
  'flex w-full flex-col gap-4 px-edge pt-4 pb-12 sm:gap-6 sm:rounded-2xl sm:border sm:border-line sm:bg-card sm:px-10 sm:py-8 print:border-0 print:p-0'
