import { getTranslations } from 'next-intl/server'
import { ButtonForm } from '@/app/components/button-form'
import { Section } from '@/app/components/section'
import { type ListedSession, listSessions, type SessionAccount } from '@/lib/accounts/sessions'
import { readCookie } from '@/lib/http/cookies'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import { formWords } from '@/lib/words/form-words'
import { instantWords } from '@/lib/words/instants'
import { submit as endSession } from './end-session/action'

/** Where somebody is signed in, with a button to sign out each browser but this one. */
export async function Sessions({ account }: { account: SessionAccount }) {
  const t = await getTranslations('browsers')
  const words = await formWords({ submit: t('end') })
  const { at, zone } = await instantWords(timeZoneOf(account.country))
  const sessions = await listSessions(account.id, await readCookie('session'))
  return (
    <Section title={t('title')}>
      <p>{t('intro')}</p>
      <ul className="browsers">
        {sessions.map((session) => (
          <li key={session.id} className="browser">
            <div id={`browser-${session.id}`}>
              <strong>{nameOf(session)}</strong> {session.isThisOne && <span className="mark">{t('thisOne')}</span>}
              <p>{t('signedIn', { when: at(session.createdAt) })}</p>
              <p>{t('lastSeen', { when: at(session.lastSeenAt) })}</p>
            </div>
            {!session.isThisOne && (
              <ButtonForm
                action={endSession}
                words={words}
                hidden={{ session: session.id }}
                quiet
                describedBy={`browser-${session.id}`}
              />
            )}
          </li>
        ))}
      </ul>
      <p className="hint">{t('zone', { zone })}</p>
    </Section>
  )

  function nameOf({ device: { browser, system } }: ListedSession): string {
    if (browser && system) return t('device', { browser, system })
    if (system) return t('deviceBySystem', { system })
    return browser ?? t('deviceUnknown')
  }
}
