import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { Way } from '@/app/components/ways'
import { appOrigin } from '@/lib/http/origin'
import { requestIdOf } from '@/lib/http/request-id'
import { requestReference } from '@/lib/mail/reference'
import { supportWords } from '@/lib/words/support-words'

/** The same end to every page: the guide, how accessible it all is, whom to ask, and by what this page is told from a copy of it. */
export async function SiteFooter() {
  const t = await getTranslations()
  const support = await supportWords(requestReference(requestIdOf(await headers())))
  const [before, after] = t('site.checkAddress', { origin: '|' }).split('|')
  return (
    <footer className="mt-auto px-edge pb-6 text-sm text-soft sm:px-1 sm:pt-3 sm:pb-0">
      <ul className="flex flex-wrap gap-x-6 border-t border-line pt-3 sm:border-0 sm:pt-0 print:hidden [&_a]:inline-flex [&_a]:min-h-11 [&_a]:items-center [&_a]:font-normal">
        <Way to="help">{t('help.title')}</Way>
        <Way to="accessibility">{t('accessibility.mention')}</Way>
      </ul>
      {support && (
        <p>
          {support.ask}{' '}
          <a href={support.href} dir="ltr">
            {support.contact}
          </a>
        </p>
      )}
      <p>
        {before}
        <bdi dir="ltr" translate="no">
          {appOrigin()}
        </bdi>
        {after}
      </p>
    </footer>
  )
}
