import { getTranslations } from 'next-intl/server'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { listSignedInBrowsers, type SignedInBrowser } from '@/lib/accounts/signed-in-browsers'
import { readCookie } from '@/lib/http/cookies'
import { formWords } from '@/lib/i18n/form-words'
import { instantWords } from '@/lib/i18n/instants'
import { timeZoneOf } from '@/lib/mail/time-zone'
import { EndSessionForm } from './end-session/form'

/** Where somebody is signed in, with a button to sign out each browser but this one. */
export async function Browsers({ account }: { account: SessionAccount }) {
  const t = await getTranslations('browsers')
  const words = await formWords({ submit: t('end') })
  const { at, zone } = await instantWords(timeZoneOf(account.country))
  const browsers = await listSignedInBrowsers(account.id, await readCookie('session'))
  return (
    <section>
      <h2>{t('title')}</h2>
      <p>{t('intro')}</p>
      <ul className="browsers">
        {browsers.map((browser) => (
          <li key={browser.id} className="browser">
            <div id={`browser-${browser.id}`}>
              <strong>{nameOf(browser)}</strong> {browser.isThisOne && <span className="mark">{t('thisOne')}</span>}
              <p>{t('signedIn', { when: at(browser.createdAt) })}</p>
              <p>{t('lastSeen', { when: at(browser.lastSeenAt) })}</p>
            </div>
            {!browser.isThisOne && <EndSessionForm words={words} session={browser.id} />}
          </li>
        ))}
      </ul>
      <p className="hint">{t('zone', { zone })}</p>
    </section>
  )

  function nameOf({ device: { browser, system } }: SignedInBrowser): string {
    if (browser && system) return t('device', { browser, system })
    if (system) return t('deviceBySystem', { system })
    return browser ?? t('deviceUnknown')
  }
}
