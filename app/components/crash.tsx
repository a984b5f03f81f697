import { buttonLook } from '@/app/components/button-look'
import type { CrashWords } from '@/lib/words/crash-words'

/** The address of the document itself, with its query. */
const here = ''

/** What stands in the place of a page that failed. */
export function Crash({ words, reference }: { words: CrashWords; reference: string | undefined }) {
  const { locale, dir, title, reference: term, reload } = words
  return (
    <main className="sheet" lang={locale} dir={dir}>
      <div role="alert">
        <h1>{title}</h1>
      </div>
      {reference && (
        <p>
          {term} <code>{reference}</code>
        </p>
      )}
      <p>
        <a className={buttonLook()} href={here}>
          {reload}
        </a>
      </p>
    </main>
  )
}

let kept: CrashWords | null = null

/** Keeps the words that came with a page for when it fails: the line may be lost by then. */
export function keepCrashWords(words: CrashWords): void {
  kept = words
}

export function keptCrashWords(): CrashWords | null {
  return kept
}
