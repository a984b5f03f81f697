/** What a page is about: on a telephone in a few words, for there the form comes first. */
export function Lead({ brief, whole }: { brief: string; whole: string }) {
  return (
    <>
      <p className="-mt-2 text-sm text-soft sm:hidden">{brief}</p>
      <p className="max-sm:hidden">{whole}</p>
    </>
  )
}
