import type { ReactNode } from 'react'
import { Body, Container, Head, Heading, Html, Link, Preview, Section, Text } from 'react-email'
import { contactLink } from '@/lib/mail/contact-link'
import type { Letter } from '@/lib/mail/letter'
import { referenceOf } from '@/lib/mail/reference'
import { darkLook, look } from '@/lib/mail/templates/look'
import type { Words } from '@/lib/mail/translator'

type FrameProps = { letter: Letter; words: Words; supportContact: string | null; children: ReactNode }

/** What every mail shares: document, wordmark, heading and the fine print. */
export function Frame({ letter, words: { t, direction }, supportContact, children }: FrameProps) {
  const { id, to, locale, template } = letter
  return (
    <Html lang={locale} dir={direction}>
      <Head>
        <title>{t(`${template}.subject`)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkLook}</style>
      </Head>
      <Body lang={locale} dir={direction} className="page" style={look.page}>
        <Preview useTitleTag={false}>{t(`${template}.preheader`)}</Preview>
        <main>
          <Container style={look.container}>
            <Text className="ink" style={look.wordmark}>
              <span style={look.wordmarkLine} translate="no">
                Metamots
              </span>
            </Text>
            <Section className="card" tdClassName="cell" style={look.card}>
              <Heading className="ink heading" style={look.heading}>
                {t(`${template}.heading`)}
              </Heading>
              {children}
            </Section>
            <Section style={look.finePrint}>
              <Text className="small" style={look.small}>
                {t('common.passwordIsYours')}
              </Text>
              <Text className="small" style={look.small}>
                {t('common.doNotReply')}
                {supportContact !== null && (
                  <>
                    {' '}
                    {t('common.support')}{' '}
                    <bdi dir="ltr">
                      <Link href={contactLink(supportContact, referenceOf(id))} style={look.link}>
                        {supportContact}
                      </Link>
                    </bdi>
                  </>
                )}
              </Text>
              <Text className="small" style={look.small}>
                {t('common.recipient')} <bdi dir="ltr">{to}</bdi>
                <br />
                {t('common.reference')} <bdi dir="ltr">{referenceOf(id)}</bdi>
              </Text>
            </Section>
          </Container>
        </main>
      </Body>
    </Html>
  )
}
