import type { ReactNode } from 'react'
import { Body, Container, Head, Heading, Html, Preview, Section, Text } from 'react-email'
import type { Letter } from '@/lib/mail/letter'
import { referenceOf } from '@/lib/mail/reference'
import { darkLook, look } from '@/lib/mail/templates/look'
import type { Words } from '@/lib/mail/translator'

type FrameProps = { letter: Letter; words: Words; children: ReactNode }

/** What every mail shares: document, wordmark, heading and the fine print. */
export function Frame({ letter: { id, to, locale, template }, words: { t, direction }, children }: FrameProps) {
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
              </Text>
              <Text className="small" style={look.small}>
                {t('common.recipient')} <bdi>{to}</bdi>
                <br />
                {t('common.reference')} <bdi>{referenceOf(id)}</bdi>
              </Text>
            </Section>
          </Container>
        </main>
      </Body>
    </Html>
  )
}
