import { getTranslations } from 'next-intl/server'
import { ButtonForm } from '@/app/components/button-form'
import type { FormAction } from '@/app/components/form'
import { formWords } from '@/lib/words/form-words'

type Props = { firstName: string; lastName: string; logOut: FormAction }

/** Who is signed in, by their initials, and the way out. */
export async function Member({ firstName, lastName, logOut }: Props) {
  const t = await getTranslations('account')
  return (
    <div className="flex items-center gap-2 [&_button]:min-h-11 [&_button]:w-auto [&_button]:min-w-0 [&_button]:border-0 [&_button]:px-2 [&_button]:text-sm [&_button]:hover:underline">
      <span
        className="inline-flex size-9 items-center justify-center rounded-full bg-sun text-sm font-bold text-on-sun forced-color-adjust-none max-sm:hidden"
        aria-hidden="true"
        translate="no"
      >
        {initial(firstName) + initial(lastName)}
      </span>
      <ButtonForm action={logOut} words={await formWords({ submit: t('logOut') })} look="quiet" />
    </div>
  )
}

/** The first letter as people see it, with all that is written on it. */
function initial(name: string): string {
  const [first] = new Intl.Segmenter().segment(name)
  return first?.segment.toUpperCase() ?? ''
}
