import { getTranslations } from 'next-intl/server'
import { Browser, Browsers } from '@/app/components/browsers'
import { ButtonForm } from '@/app/components/button-form'
import { Hint } from '@/app/components/hint'
import { Panel } from '@/app/components/panel'
import { Section } from '@/app/components/section'
import { type ListedSession, listSessions, type SessionAccount } from '@/lib/accounts/sessions'
import { readCookie } from '@/lib/http/cookies'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import { sessionPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { formWords } from '@/lib/words/form-words'
import { instantWords } from '@/lib/words/instants'
import { submit as endSession } from './end-session/action'
import { submit as logOutEverywhere } from './log-out-everywhere/action'

/** So many browsers are seen at once; the rest are a press away. */
const seenAtOnce = 5

/** Where somebody is signed in, with a button to sign out each browser but this one, and one for them all. */
export async function Sessions({ account }: { account: SessionAccount }) {
  const t = await getTranslations('browsers')
  const leaving = await getTranslations('account')
  const words = await formWords({ submit: t('end') })
  const { at, zone } = await instantWords(timeZoneOf(account.country))
  const sessions = await listSessions(account.id, await readCookie('session'))
  const [seen, others] = [sessions.slice(0, seenAtOnce), sessions.slice(seenAtOnce)]
  const duration = t('duration', {
    idle: await durationInWords(sessionPolicy.idleSeconds),
    longest: await durationInWords(sessionPolicy.absoluteSeconds),
  })
  return (
    <Section id="devices" title={t('title')}>
      <p>{t('intro')}</p>
      <Browsers>{seen.map(row)}</Browsers>
      {others.length > 0 && (
        <Panel heading={t('more', { count: others.length })}>
          <Browsers>{others.map(row)}</Browsers>
        </Panel>
      )}
      <Hint>
        {duration} {t('zone', { zone })}
      </Hint>
      <p>{leaving('leaveText')}</p>
      <ButtonForm
        action={logOutEverywhere}
        words={await formWords({ submit: leaving('logOutEverywhere') })}
        look="quiet"
      />
    </Section>
  )

  function row(session: ListedSession) {
    const id = `browser-${session.id}`
    return (
      <Browser
        key={session.id}
        id={id}
        name={nameOf(session)}
        mark={session.isThisOne && t('thisOne')}
        facts={[t('signedIn', { when: at(session.createdAt) }), t('lastSeen', { when: at(session.lastSeenAt) })]}
      >
        {!session.isThisOne && (
          <ButtonForm
            action={endSession}
            words={words}
            hidden={{ session: session.id }}
            look="quiet"
            describedBy={id}
          />
        )}
      </Browser>
    )
  }

  function nameOf({ device: { browser, system } }: ListedSession): string {
    if (browser && system) return t('device', { browser, system })
    if (system) return t('deviceBySystem', { system })
    return browser ?? t('deviceUnknown')
  }
}
