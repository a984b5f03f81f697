import { getTranslations } from 'next-intl/server'
import { ButtonForm } from '@/app/components/button-form'
import type { FormAction } from '@/app/components/form'
import { Hint } from '@/app/components/hint'
import { Notice } from '@/app/components/notice'
import { Stack } from '@/app/components/stack'
import { readAsked } from '@/lib/http/asked'
import { formWords } from '@/lib/words/form-words'

type Props = {
  page: Parameters<typeof readAsked>[0]
  action: FormAction
  searchParams: Promise<Record<string, unknown>>
}

/** A button that has the mail sent once more, as long as this browser knows what it was asked for with. */
export async function SendAgain({ page, action, searchParams }: Props) {
  if (!(await readAsked(page))) return null
  const t = await getTranslations('site')
  const isSentAgain = (await searchParams).sent === 'again'
  return (
    <Stack>
      {isSentAgain && <Notice>{t('sentAgain')}</Notice>}
      <ButtonForm action={action} words={await formWords({ submit: t('sendAgain') })} look="quiet" />
      <Hint>{t('sendAgainHint')}</Hint>
    </Stack>
  )
}
